package io.github.kvslocal.vertx;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a connection whose TLS does not work out and says so once, in one line: as a rule it is a
 * client that was not told to trust the authority.
 */
final class TlsFailure extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFailure.class);

  private boolean reported;

  @Override
  public void exceptionCaught(ChannelHandlerContext connection, Throwable failure) {
    if (!(failure instanceof DecoderException) || failure instanceof UnreadableException) {
      connection.fireExceptionCaught(failure);
      return;
    }
    if (!reported) {
      reported = true;
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      LOG.atInfo()
          .addKeyValue("from", connection.channel().remoteAddress())
          .addKeyValue("explanation", cause.getMessage())
          .log("TLS failed; does the client trust ca.pem?");
    }
    // Not now: the pipeline may have more of the same failure to report, and to us.
    connection.executor().execute(() -> close(connection));
  }

  private static void close(ChannelHandlerContext connection) {
    var unused = connection.close();
  }
}
