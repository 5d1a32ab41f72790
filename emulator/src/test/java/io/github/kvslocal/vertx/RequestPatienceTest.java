package io.github.kvslocal.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestPatienceTest {
  private static final long PATIENCE_SECONDS = 120;

  private final EmbeddedChannel connection = new EmbeddedChannel();

  @BeforeEach
  void start() {
    connection.freezeTime();
    connection.pipeline().addLast(new RequestPatience(Duration.ofSeconds(PATIENCE_SECONDS)));
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() {
    pass(PATIENCE_SECONDS - 1);
    assertThat(connection.isOpen()).isTrue();

    pass(1);

    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void aRequestWithoutAnEndIsClosed() {
    pass(PATIENCE_SECONDS - 1);
    beginRequest();

    pass(1);

    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void aClientThatWaitsForItsAnswerIsNot() {
    request();

    pass(10 * PATIENCE_SECONDS);

    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void afterItsAnswerAConnectionMayWaitAsLongAgain() {
    request();
    pass(PATIENCE_SECONDS);
    answer();
    pass(PATIENCE_SECONDS - 1);
    assertThat(connection.isOpen()).isTrue();

    pass(1);

    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void allAnswersAreWaitedFor() {
    request();
    request();
    answer();

    pass(10 * PATIENCE_SECONDS);

    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void anAnswerThatGoesOnIsWaitedFor() {
    request();
    connection.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));

    pass(10 * PATIENCE_SECONDS);

    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void aWebSocketIsLeftAlone() {
    request();
    connection.writeOutbound(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS));

    pass(10 * PATIENCE_SECONDS);

    assertThat(connection.isOpen()).isTrue();
    assertThat(connection.pipeline().get(RequestPatience.class)).isNull();
  }

  private void pass(long seconds) {
    connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
    connection.runPendingTasks();
  }

  private void beginRequest() {
    connection.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
  }

  private void request() {
    beginRequest();
    connection.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private void answer() {
    connection.writeOutbound(
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
  }
}
