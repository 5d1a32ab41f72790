package io.github.kvslocal.dtls;

import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.SrtpProfile;
import io.github.kvslocal.sdp.Fingerprint;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/**
 * Makes DTLS endpoints that share one certificate and a few daemon threads.
 *
 * <p>A handshake holds a worker from the other side's first datagram to its end; of {@value
 * #WORKERS} workers all may be busy and {@value #WAITING} handshakes more wait for one, after that
 * a handshake fails at once. Endpoints that wait for a datagram and established ones hold none.
 */
public final class BouncyDtls implements DtlsEndpoint.Factory, AutoCloseable {
  /** From {@link DtlsEndpoint#start} to keys, or it has failed. */
  static final Duration HANDSHAKE_LIMIT = Duration.ofMillis(Handshake.TIMEOUT_MILLIS);

  private static final int WORKERS = 16;
  private static final int WAITING = 256;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final SelfSignedIdentity identity;
  private final List<SrtpProfile> profiles;
  private final Set<BouncyDtlsEndpoint> open = ConcurrentHashMap.newKeySet();

  /** Runs handshakes, which block. */
  private final ThreadPoolExecutor workers;

  /** Runs what is left after the handshake: alerts and repeated flights, which do not block. */
  private final ThreadPoolExecutor afterwards;

  private final ScheduledThreadPoolExecutor timer;
  private final JcaTlsCrypto crypto =
      new JcaTlsCryptoProvider().create(new SecureRandom(), new SecureRandom());

  /** With all profiles of {@link SrtpProfile}. */
  public BouncyDtls(SelfSignedIdentity identity) {
    this(identity, List.of(SrtpProfile.values()));
  }

  /** With some profiles only, best first. */
  public BouncyDtls(SelfSignedIdentity identity, List<SrtpProfile> profiles) {
    this.identity = identity;
    this.profiles = List.copyOf(profiles);
    ThreadFactory threads = daemons();
    workers = pool(WORKERS, WAITING, threads);
    afterwards = pool(1, Integer.MAX_VALUE, threads);
    timer = new ScheduledThreadPoolExecutor(1, threads);
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Fingerprint localFingerprint() {
    return identity.fingerprint();
  }

  @Override
  public DtlsEndpoint create(DtlsEndpoint.Listener listener) {
    BouncyDtlsEndpoint endpoint = new BouncyDtlsEndpoint(this, listener);
    open.add(endpoint);
    return endpoint;
  }

  /**
   * Performs one handshake in memory, with itself, so that the first peer does not wait for the
   * loading of the library; blocks for about half a second on a cold JVM.
   */
  public void warmUp() {
    new Rehearsal(this).run();
  }

  /** Closes what is open, with a goodbye to each. */
  @Override
  public void close() {
    open.forEach(BouncyDtlsEndpoint::close);
    timer.shutdown();
    workers.shutdown();
    afterwards.shutdown();
  }

  int openEndpoints() {
    return open.size();
  }

  Handshake handshake(Fingerprint expected) {
    return new Handshake(crypto, identity, profiles, expected);
  }

  ThreadPoolExecutor workers() {
    return workers;
  }

  ThreadPoolExecutor afterwards() {
    return afterwards;
  }

  ScheduledThreadPoolExecutor timer() {
    return timer;
  }

  void forget(BouncyDtlsEndpoint endpoint) {
    open.remove(endpoint);
  }

  private static ThreadPoolExecutor pool(int size, int waiting, ThreadFactory threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(waiting),
            threads);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "kvslocal-dtls-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
