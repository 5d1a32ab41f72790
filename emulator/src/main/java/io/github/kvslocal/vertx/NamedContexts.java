package io.github.kvslocal.vertx;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.AsyncMapping;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS settings for the name that a client asks for, made on a worker, since a certificate takes
 * milliseconds. Bounded twice: in how many it keeps, and in how many clients may wait.
 */
final class NamedContexts implements AsyncMapping<String, SslContext> {
  private static final Logger LOG = LoggerFactory.getLogger(NamedContexts.class);
  private static final int MOST_KEPT = 256;
  private static final int MOST_WAITING = 1024;

  private final Function<String, Optional<PrivateKeyEntry>> certificates;
  private final ThreadPoolExecutor worker;

  private final Map<String, SslContext> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SslContext> eldest) {
          return size() > MOST_KEPT;
        }
      };

  NamedContexts(Function<String, Optional<PrivateKeyEntry>> certificates) {
    this.certificates = certificates;
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "kvslocal-certificates");
              thread.setDaemon(true);
              return thread;
            });
    worker.allowCoreThreadTimeOut(true);
  }

  /** Has the settings for a name made before anybody asks: the first ones take longest by far. */
  void prepare(String serverName) {
    var unused = map(serverName, ImmediateEventExecutor.INSTANCE.newPromise());
  }

  /** Makes no more; what is being made is finished. */
  void stop() {
    worker.shutdown();
  }

  @Override
  public Future<SslContext> map(@Nullable String serverName, Promise<SslContext> promise) {
    String name = serverName == null ? "" : serverName;
    SslContext known = find(name);
    if (known != null) {
      return promise.setSuccess(known);
    }
    try {
      worker.execute(() -> fulfil(name, promise));
    } catch (RejectedExecutionException e) {
      promise.setFailure(new SSLException("too many clients wait for a certificate", e));
    }
    return promise;
  }

  private void fulfil(String name, Promise<SslContext> promise) {
    try {
      SslContext context = find(name);
      promise.setSuccess(context == null ? make(name) : context);
    } catch (SSLException e) {
      promise.setFailure(e);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("name", name).setCause(e).log("no certificate could be made");
      promise.setFailure(e);
    }
  }

  private synchronized @Nullable SslContext find(String name) {
    return kept.get(name);
  }

  private SslContext make(String name) throws SSLException {
    PrivateKeyEntry entry =
        certificates
            .apply(name)
            .orElseThrow(() -> new SSLException("refused a server name that is no host name"));
    X509Certificate[] chain =
        Arrays.copyOf(
            entry.getCertificateChain(),
            entry.getCertificateChain().length,
            X509Certificate[].class);
    SslContext context =
        SslContextBuilder.forServer(entry.getPrivateKey(), chain)
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .build();
    synchronized (this) {
      kept.put(name, context);
    }
    return context;
  }
}
