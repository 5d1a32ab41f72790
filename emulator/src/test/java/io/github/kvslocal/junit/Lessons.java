package io.github.kvslocal.junit;

import io.github.kvslocal.EmulatorClock;
import io.github.kvslocal.EmulatorFaults;
import io.github.kvslocal.EmulatorJournal;
import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.assertions.Recording;
import io.github.kvslocal.dtls.BouncyDtls;
import io.github.kvslocal.dtls.SelfSignedIdentity;
import io.github.kvslocal.ice.Ice4jTransports;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.srtp.JitsiSrtp;
import io.github.kvslocal.testpeer.RemoteMaster;
import io.github.kvslocal.testpeer.RemotePeer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test classes as users write them, run by {@link KvsLocalExtensionIT} alone. */
final class Lessons {
  /** The emulators that the tests had, by the names of the tests. */
  static final Map<String, KvsLocal> HAD = new ConcurrentHashMap<>();

  private Lessons() {}

  /** Whether anybody listens there. */
  static boolean listens(URI endpoint) {
    try (Socket socket = new Socket("localhost", endpoint.getPort())) {
      return socket.isConnected();
    } catch (IOException nobody) {
      return false;
    }
  }

  /** The endpoint of its emulator, or the complaint. */
  private static String whatAnotherThreadHas(KvsLocalExtension extension) throws Exception {
    return CompletableFuture.supplyAsync(() -> extension.endpoint().toString())
        .exceptionally(failure -> String.valueOf(failure.getMessage()))
        .get(20, TimeUnit.SECONDS);
  }

  private static void expect(boolean fact, String what) {
    if (!fact) {
      throw new AssertionError(what);
    }
  }

  @KvsLocalTest(channels = "door")
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class Annotated {
    @BeforeEach
    void prepare(KvsLocal emulator) {
      emulator.createChannel("prepared");
    }

    @Test
    @Order(1)
    void first(
        KvsLocal emulator,
        URI endpoint,
        EmulatorClock clock,
        EmulatorJournal journal,
        EmulatorFaults faults,
        SSLContext trust) {
      HAD.put("first", emulator);
      expect(endpoint.equals(emulator.endpoint()), "the endpoint is another one's");
      expect(trust.getProtocol().equals("TLS"), "the context speaks no TLS");
      expect(List.of(clock, journal, faults).size() == 3, "something is missing");
      clock.advance(Duration.ofDays(400));
    }

    @Test
    @Order(2)
    void second(KvsLocal emulator) {
      HAD.put("second", emulator);
      expect(
          emulator.clock().now().isBefore(Instant.now().plusSeconds(3_600)),
          "the clock is as the first test left it");
    }

    @Nested
    class Inside {
      @Test
      void nested(KvsLocal emulator) {
        HAD.put("nested", emulator);
      }
    }
  }

  static class Registered {
    @RegisterExtension
    static final KvsLocalExtension KVS =
        KvsLocalExtension.builder()
            .channels("door")
            .configure(its -> its.owner("111122223333", "eu-central-1"))
            .build();

    @Test
    void registered() throws Exception {
      HAD.put("registered", KVS.emulator());
      expect(
          KVS.createChannel("gate").arn().contains(":eu-central-1:111122223333:"),
          "the options are not used");
      expect(KVS.endpoint().equals(KVS.emulator().endpoint()), "the endpoint is another one's");
      expect(
          whatAnotherThreadHas(KVS).equals(KVS.emulator().endpoint().toString()),
          "another thread does not have the only one");
    }
  }

  static class OfInstance {
    @RegisterExtension final KvsLocalExtension kvs = KvsLocalExtension.builder().build();

    @Test
    void ofInstance() {
      HAD.put("ofInstance", kvs.emulator());
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  static class Parallel {
    @RegisterExtension static final KvsLocalExtension KVS = KvsLocalExtension.builder().build();

    private static final CountDownLatch BOTH = new CountDownLatch(2);
    private static final CountDownLatch CHECKED = new CountDownLatch(2);

    @Test
    void left(KvsLocal emulator) throws Exception {
      meet("left", emulator);
    }

    @Test
    void right(KvsLocal emulator) throws Exception {
      meet("right", emulator);
    }

    private static void meet(String name, KvsLocal emulator) throws Exception {
      HAD.put(name, emulator);
      BOTH.countDown();
      expect(BOTH.await(20, TimeUnit.SECONDS), "the other one did not run meanwhile");
      expect(KVS.emulator() == emulator, "the field has another one's");
      expect(
          whatAnotherThreadHas(KVS).contains("take the KvsLocal as a parameter"),
          "another thread has one of the two");
      CHECKED.countDown();
      expect(CHECKED.await(20, TimeUnit.SECONDS), "the other one did not look");
    }
  }

  @KvsLocalTest(shared = true)
  static class SharedOnce {
    @BeforeAll
    static void all(KvsLocal emulator) {
      HAD.put("sharedBefore", emulator);
    }

    @Test
    void shared(KvsLocal emulator) {
      HAD.put("sharedOnce", emulator);
    }
  }

  @KvsLocalTest(shared = true)
  static class SharedTwice {
    @Test
    void shared(KvsLocal emulator) {
      HAD.put("sharedTwice", emulator);
    }
  }

  @KvsLocalTest
  static class TooEarly {
    TooEarly(KvsLocal emulator) {
      HAD.put("tooEarly", emulator);
    }

    @Test
    void never() {}
  }

  @KvsLocalTest(channels = "door")
  static class Failing {
    @AfterEach
    void tidy() {
      throw new IllegalStateException("after the test");
    }

    @Test
    void fails(KvsLocal emulator) {
      HAD.put("fails", emulator);
      emulator.faults();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "../../c"})
    void failsOften(String what) {
      throw new AssertionError(what);
    }
  }

  @KvsLocalTest(channels = "door")
  static class Recorded {
    @Test
    void recordsAndFails(KvsLocal emulator) throws Exception {
      HttpClient http = HttpClient.newBuilder().sslContext(emulator.sslContext()).build();
      try (Ice4jTransports ice = Ice4jTransports.bindLoopback(0);
          BouncyDtls dtls =
              new BouncyDtls(SelfSignedIdentity.generate(new SecureRandom(), Instant.now()));
          RemoteMaster master =
              RemoteMaster.join(
                  http,
                  emulator.secureEndpoint(),
                  "door",
                  new RemotePeer.Transports(ice, dtls, new JitsiSrtp()),
                  new AnswerPlan(true, Setup.ACTIVE),
                  Clip.frames())) {
        master.connected().get(20, TimeUnit.SECONDS);
        Recording unused = emulator.recording("door").awaitFragments(2, Duration.ofSeconds(20));
      }
      throw new AssertionError("to see what it leaves");
    }
  }

  @KvsLocalTest
  static class CalledOff {
    @Test
    void calledOff() {
      Assumptions.abort("not today");
    }
  }
}
