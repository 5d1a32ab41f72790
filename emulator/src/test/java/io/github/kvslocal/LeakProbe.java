package io.github.kvslocal;

import io.github.kvslocal.dtls.BouncyDtls;
import io.github.kvslocal.dtls.SelfSignedIdentity;
import io.github.kvslocal.ice.Ice4jTransports;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.JournalQuery;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.srtp.JitsiSrtp;
import io.github.kvslocal.testpeer.RemoteMaster;
import io.github.kvslocal.testpeer.RemotePeer;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.LoggerFactory;

/**
 * A process of its own that uses an emulator and prints what there is in it afterwards that was not
 * there before, a line each. To be started with the package {@code java.lang} open.
 */
final class LeakProbe {
  /** Every line of its own begins so; the others are the log's. */
  static final String MARK = "left: ";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long PATIENCE_TO_END_MILLIS = 500;
  private static final int ROUNDS = 4;

  /** Where libraries keep what they were told for the whole JVM. */
  private static final Map<String, String> STATIC_FIELDS =
      Map.of(
          "org.ice4j.ice.harvest.AbstractUdpListener", "USE_PUSH_API",
          "org.ice4j.util.BufferPool", "getBuffer",
          "org.jitsi.srtp.crypto.HmacSha1", "providers",
          "org.jitsi.srtp.crypto.Aes", "fastestFactories");

  private LeakProbe() {}

  /** The first argument is a directory that may be filled. */
  public static void main(String[] arguments) throws Exception {
    HttpClient http = warmClient();
    // What the JDK and the log of these tests begin by themselves.
    LoggerFactory.getLogger(LeakProbe.class).info("the log is open");
    var unused = TimeZone.getDefault();
    Set<String> before = all();

    use(KvsLocal.builder().channels("door").dataDirectory(Path.of(arguments[0])).start(), http);
    use(KvsLocal.builder().channels("door").start(), http);

    Set<String> left = all();
    for (int round = 0; round < ROUNDS; round++) {
      awaitThreads(before);
      left = all();
      left.removeAll(before);
      if (round == 0) {
        tellUncollected(left);
      }
      // What the library leaves to the collector is gone afterwards, and Vert.x's Cleaner with it.
      System.gc();
    }
    left.addAll(statics());
    left.forEach(each -> System.out.println(MARK + each));
    System.exit(0);
  }

  private static void tellUncollected(Set<String> left) {
    left.stream()
        .filter(each -> each.startsWith("socket"))
        .map(each -> each.replaceAll("[0-9]+", "N"))
        .distinct()
        .forEach(each -> System.out.println(MARK + "until collected: " + each));
  }

  /** Those that end at all do so soon. */
  private static void awaitThreads(Set<String> before) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(name(thread)) && !thread.getName().startsWith("ice4j")) {
        thread.join(PATIENCE_TO_END_MILLIS);
      }
    }
  }

  /** One that trusts everybody and has its threads and selectors already. */
  private static HttpClient warmClient() throws Exception {
    SSLContext credulous = SSLContext.getInstance("TLS");
    credulous.init(null, new TrustManager[] {new Credulous()}, new SecureRandom());
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(credulous)
        .executor(Runnable::run)
        .build();
  }

  private static void use(KvsLocal emulator, HttpClient http) throws Exception {
    try (emulator) {
      emulator.trustFile();
      emulator.sslContext();
      record(emulator, http);
      emulator.reset();
      record(emulator, http);
    }
  }

  private static void record(KvsLocal emulator, HttpClient http) throws Exception {
    URI door = emulator.secureEndpoint();
    http.send(
        HttpRequest.newBuilder(door.resolve("/_kvslocal/sessions")).build(),
        HttpResponse.BodyHandlers.discarding());
    try (Ice4jTransports ice = Ice4jTransports.bindLoopback(0);
        BouncyDtls dtls =
            new BouncyDtls(SelfSignedIdentity.generate(new SecureRandom(), Instant.now()));
        RemoteMaster master =
            RemoteMaster.join(
                http,
                door,
                "door",
                new RemotePeer.Transports(ice, dtls, new JitsiSrtp()),
                new AnswerPlan(true, Setup.ACTIVE),
                Clip.frames(4))) {
      master.allSent().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      emulator.journal().await(JournalQuery.of(Event.FRAGMENT_STORED).channel("door"), PATIENCE);
    }
  }

  private static Set<String> all() throws Exception {
    Set<String> all = new TreeSet<>();
    Thread.getAllStackTraces().keySet().forEach(thread -> all.add(name(thread)));
    handles(all);
    for (var provider : Security.getProviders()) {
      all.add("provider " + provider.getName());
    }
    System.getProperties().stringPropertyNames().forEach(name -> all.add("property " + name));
    loggers(all);
    hooks(all);
    all.add("uncaught " + Thread.getDefaultUncaughtExceptionHandler());
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir", "")))) {
      files.forEach(file -> all.add("temporary " + file.getFileName()));
    }
    return all;
  }

  private static String name(Thread thread) {
    return "thread " + thread.getName().replaceAll("(?<![a-z])[0-9]+", "N");
  }

  /** Open files and sockets, but for those that classes are loaded from (proc(5)). */
  private static void handles(Set<String> all) throws IOException {
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      for (Path handle : handles.toList()) {
        try {
          String target = Files.readSymbolicLink(handle).toString();
          if (target.startsWith("socket:")) {
            all.add("socket " + target);
          } else if (!target.endsWith(".jar") && !target.endsWith("/fd")) {
            all.add("file " + target);
          }
        } catch (NoSuchFileException e) {
          // It was the one that lists the others.
        }
      }
    }
  }

  private static void loggers(Set<String> all) {
    for (String name : Collections.list(LogManager.getLogManager().getLoggerNames())) {
      Logger logger = LogManager.getLogManager().getLogger(name);
      if (logger != null && logger.getLevel() != null) {
        all.add("logger " + name);
      }
      if (logger != null) {
        Arrays.stream(logger.getHandlers())
            .forEach(handler -> all.add("handler " + name + " " + handler.getClass().getName()));
      }
    }
  }

  private static void hooks(Set<String> all) throws ReflectiveOperationException {
    Field field = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
    field.setAccessible(true);
    for (Object hook : ((Map<?, ?>) field.get(null)).keySet()) {
      all.add("hook " + hook.getClass().getName() + " " + ((Thread) hook).getName());
    }
  }

  /** Those whose value is the library's own are not told. */
  private static Set<String> statics() throws ReflectiveOperationException {
    Set<String> set = new TreeSet<>();
    for (Map.Entry<String, String> each : STATIC_FIELDS.entrySet()) {
      Field field = Class.forName(each.getKey()).getDeclaredField(each.getValue());
      field.setAccessible(true);
      Object value = field.get(null);
      if (Boolean.TRUE.equals(value)
          || (value instanceof Map<?, ?> map && !map.isEmpty())
          || value instanceof List<?>
          || String.valueOf(value).startsWith("io.github.kvslocal.")) {
        set.add("static " + each.getKey() + "." + each.getValue());
      }
    }
    return set;
  }

  /** Which certificate there is depends on what is started later. */
  private static final class Credulous extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
