package io.github.kvslocal.vertx;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Says in our words why a request cannot be read, and takes one of another protocol than HTTP/1.1
 * and HTTP/1.0 for such a one. The library would hang up on a bad body without a word, and answer
 * another protocol without any.
 */
final class RequestReading extends ChannelInboundHandlerAdapter {
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final int LONGEST_QUOTE = 100;

  /** Whether nothing more of the connection can be believed. */
  private boolean lost;

  @Override
  public void channelRead(ChannelHandlerContext connection, Object message) throws Exception {
    if (lost) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpObject part) {
      read(part);
    }
    super.channelRead(connection, message);
  }

  private void read(HttpObject part) {
    Throwable failure = part.decoderResult().cause();
    if (failure != null) {
      lose(part, part instanceof HttpRequest head ? ofHead(head, failure) : ofBody(failure));
    } else if (part instanceof HttpRequest head && isForeign(head.protocolVersion())) {
      String complaint =
          "The request is of %s, but this port speaks HTTP/1.1 and HTTP/1.0."
              .formatted(shortened(head.protocolVersion().text()));
      head.setProtocolVersion(HttpVersion.HTTP_1_1);
      lose(part, new UnreadableException(505, complaint));
    }
  }

  private void lose(HttpObject part, UnreadableException failure) {
    lost = true;
    part.setDecoderResult(DecoderResult.failure(failure));
  }

  private static boolean isForeign(HttpVersion version) {
    return !version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0);
  }

  private static UnreadableException ofHead(HttpRequest head, Throwable failure) {
    if (failure instanceof TooLongHttpLineException) {
      return new UnreadableException(
          414,
          "The request's first line is longer than " + Listener.LONGEST_REQUEST_LINE + " bytes.");
    }
    if (failure instanceof TooLongFrameException) {
      return new UnreadableException(
          431, "The request's headers are longer than " + Listener.LONGEST_HEADERS + " bytes.");
    }
    // In place of one whose first line it cannot read the decoder makes one up, and that is whole.
    return new UnreadableException(
        400,
        head instanceof FullHttpRequest
            ? "The request's first line has to be <method> <path> HTTP/1.1 (RFC 9112 section 3)."
            : ofHeaders(head));
  }

  private static String ofHeaders(HttpRequest head) {
    List<String> lengths = head.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
    String length = shortened(String.join(", ", lengths));
    if (lengths.size() > 1 || length.indexOf(',') >= 0) {
      return "The request has more than one Content-Length, '%s' (RFC 9112 section 6.3)."
          .formatted(length);
    }
    if (!lengths.isEmpty() && !LENGTH.matcher(length).matches()) {
      return "Content-Length has to be a number of bytes, but is '%s' (RFC 9110 section 8.6)."
          .formatted(length);
    }
    if (head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      if (!lengths.isEmpty()) {
        return "The request has both a Content-Length and a Transfer-Encoding, so that nobody can"
            + " tell where it ends (RFC 9112 section 6.1).";
      }
      if (head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
        return "The request has a Transfer-Encoding, which HTTP/1.0 does not know"
            + " (RFC 9112 section 6.1).";
      }
    }
    return "Every header has to be a line <name>: <value> without control characters"
        + " (RFC 9112 section 5), but one of the request's is not.";
  }

  private static UnreadableException ofBody(Throwable failure) {
    return new UnreadableException(
        400,
        failure instanceof TooLongFrameException
            ? "A line among the chunks of the body, or a header behind them, is too long."
            : "The body has to be of chunks, each after its size as a hexadecimal number and both"
                + " ended by CR LF (RFC 9112 section 7.1), but one of the request's is not.");
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_QUOTE));
  }
}
