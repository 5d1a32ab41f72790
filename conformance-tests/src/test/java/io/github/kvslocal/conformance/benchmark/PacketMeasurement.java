package io.github.kvslocal.conformance.benchmark;

import io.github.kvslocal.peer.SrtpContext;
import io.github.kvslocal.peer.SrtpProfile;
import io.github.kvslocal.srtp.JitsiSrtp;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What JMH runs, one operation per packet; {@link PacketBenchmark} has it run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx512m")
public class PacketMeasurement {
  /** Of the protection that the packets come with. */
  @Param({"AEAD_AES_128_GCM", "AES128_CM_HMAC_SHA1_80"})
  public SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

  private final byte[] buffer = new byte[1_500 + SrtpContext.MAX_OVERHEAD];
  private final JitsiSrtp srtp = new JitsiSrtp();

  @SuppressWarnings("NullAway.Init") // protect() comes first
  private ProtectedRing ring;

  @SuppressWarnings("NullAway.Init") // likewise
  private RecordingPath path;

  /** Protects the packets. */
  @Setup(Level.Trial)
  public void protect() {
    ring = new ProtectedRing(profile);
    path = new RecordingPath(ring);
  }

  /** From the socket to the file. */
  @Benchmark
  @OperationsPerInvocation(ProtectedRing.PACKETS)
  public void record() {
    path.receiveRound();
  }

  /** The part of it that is SRTP's. */
  @Benchmark
  @OperationsPerInvocation(ProtectedRing.PACKETS)
  public long unprotect() {
    long bytes = 0;
    try (SrtpContext context = srtp.create(ring.keys())) {
      for (int index = 0; index < ProtectedRing.PACKETS; index++) {
        bytes += context.unprotectRtp(buffer, 0, ring.copy(index, buffer));
      }
    }
    if (bytes != (long) ProtectedRing.PACKETS * ProtectedRing.PACKET) {
      throw new IllegalStateException("only " + bytes + " bytes were genuine");
    }
    return bytes;
  }

  /** A figure for something else than the whole would be none. */
  @TearDown(Level.Iteration)
  public void check() {
    path.check();
  }
}
