package io.github.kvslocal.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A response's body for a worker that writes large pieces; each waits until the client took it. */
final class ResponseStream extends OutputStream {
  private static final long PATIENCE_SECONDS = 60;

  private final HttpServerResponse response;

  ResponseStream(HttpServerResponse response) {
    this.response = response;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    await(response.write(Buffer.buffer(length).appendBytes(bytes, offset, length)));
  }

  /** Ends the response; one that is not ended has to be reset. */
  void end() throws IOException {
    await(response.end());
  }

  private static void await(Future<Void> written) throws IOException {
    try {
      written.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the client has gone", e);
    } catch (TimeoutException e) {
      throw new IOException("the client takes nothing any more", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
