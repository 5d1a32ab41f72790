package io.github.kvslocal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/**
 * Reads a request's body: one JSON object (RFC 8259) of limited depth, in UTF-8 and nothing else.
 * AWS does not say which encodings it takes, or how deep an object may be.
 */
final class JsonBody {
  private static final int DEEPEST = 1_000;
  private static final int LONGEST_NUMBER = 1_000;
  private static final int LONGEST_NAME = 50_000;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private static final ObjectMapper MAPPER =
      new ObjectMapper(JsonFactory.builder().streamReadConstraints(new Limits()).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonBody() {}

  /**
   * The object; an empty body is one without members.
   *
   * @throws IOException if it is none or beyond a limit, with words for the client
   */
  static JsonNode read(byte[] body) throws IOException {
    if (body.length == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    JsonNode root = parse(decode(body));
    if (!root.isObject()) {
      throw new IOException("The body has to be a JSON object.");
    }
    return root;
  }

  private static JsonNode parse(String text) throws IOException {
    try {
      return MAPPER.readTree(text);
    } catch (StreamConstraintsException e) {
      throw new IOException(e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      throw new IOException(
          "The body is not JSON"
              + (place == null
                  ? "."
                  : ", at line " + place.getLineNr() + " column " + place.getColumnNr() + "."),
          e);
    }
  }

  /** The parser's own reading of bytes guesses the encoding, and takes characters overlong. */
  private static String decode(byte[] body) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(body);
    CharBuffer text = CharBuffer.allocate(body.length);
    boolean wide = body.length > 1 && (body[0] == 0 || body[1] == 0);
    if (wide || UTF_8.newDecoder().decode(bytes, text, /* endOfInput= */ true).isError()) {
      throw new IOException(
          "The body has to be UTF-8 (RFC 8259 section 8.1), but is not from byte "
              + bytes.position()
              + " on.");
    }
    String decoded = text.flip().toString();
    return decoded.startsWith(BYTE_ORDER_MARK) ? decoded.substring(1) : decoded;
  }

  /** The parser's limits, told in our words. */
  private static final class Limits extends StreamReadConstraints {
    private static final long serialVersionUID = 1;

    Limits() {
      super(
          DEEPEST,
          DEFAULT_MAX_DOC_LEN,
          LONGEST_NUMBER,
          DEFAULT_MAX_STRING_LEN,
          LONGEST_NAME,
          DEFAULT_MAX_TOKEN_COUNT);
    }

    @Override
    public void validateNestingDepth(int depth) throws StreamConstraintsException {
      require(depth, DEEPEST, "is nested deeper than %d levels.");
    }

    @Override
    public void validateFPLength(int length) throws StreamConstraintsException {
      validateIntegerLength(length);
    }

    @Override
    public void validateIntegerLength(int length) throws StreamConstraintsException {
      require(length, LONGEST_NUMBER, "has a number of more than %d digits.");
    }

    @Override
    public void validateNameLength(int length) throws StreamConstraintsException {
      require(length, LONGEST_NAME, "has a member's name of more than %d characters.");
    }

    private static void require(int actual, int most, String complaint)
        throws StreamConstraintsException {
      if (actual > most) {
        throw new StreamConstraintsException("The body " + complaint.formatted(most));
      }
    }
  }
}
