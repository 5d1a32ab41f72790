package io.github.kvslocal.vertx;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamedContextsTest {
  private final Promise<SslContext> promise = ImmediateEventExecutor.INSTANCE.newPromise();

  @Test
  void nameThatIsRefusedFails() throws Exception {
    NamedContexts contexts = new NamedContexts(name -> Optional.empty());

    var unused = contexts.map("door", promise);

    assertThat(promise.await(10, SECONDS)).isTrue();
    assertThat(promise.cause()).hasMessageContaining("no host name");
    contexts.stop();
  }

  @Test
  void bugBehindACertificateLeavesNobodyWaiting() throws Exception {
    IllegalStateException bug = new IllegalStateException("a bug on purpose");
    NamedContexts contexts =
        new NamedContexts(
            name -> {
              throw bug;
            });

    var unused = contexts.map("door", promise);

    assertThat(promise.await(10, SECONDS)).isTrue();
    assertThat(promise.cause()).isSameAs(bug);
    contexts.stop();
  }
}
