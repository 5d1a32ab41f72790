package io.github.kvslocal.testpeer;

import java.util.Optional;

/** As much JSON as the signaling messages need: objects whose members are texts. */
final class JsonText {
  private JsonText() {}

  /** An object of names and texts, in this order. */
  static String object(String... namesAndTexts) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < namesAndTexts.length; i++) {
      if (i > 0) {
        json.append(i % 2 == 0 ? ',' : ':');
      }
      quote(namesAndTexts[i], json);
    }
    return json.append('}').toString();
  }

  // RFC 8259 section 7
  private static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  /** The first member of this name, at whatever depth, if it is a text. */
  static Optional<String> member(String json, String name) {
    String quoted = "\"" + name + "\"";
    int at = json.indexOf(quoted);
    if (at < 0) {
      return Optional.empty();
    }
    at = toValue(json, at + quoted.length());
    return at < json.length() && json.charAt(at) == '"' ? text(json, at + 1) : Optional.empty();
  }

  /** Behind the colon and any white space. */
  private static int toValue(String json, int from) {
    int at = from;
    while (at < json.length() && (json.charAt(at) <= ' ' || json.charAt(at) == ':')) {
      at++;
    }
    return at;
  }

  private static Optional<String> text(String json, int from) {
    StringBuilder text = new StringBuilder();
    int at = from;
    while (at < json.length()) {
      char c = json.charAt(at++);
      if (c == '"') {
        return Optional.of(text.toString());
      }
      if (c != '\\' || at == json.length()) {
        text.append(c);
        continue;
      }
      char escaped = json.charAt(at++);
      if (escaped != 'u') {
        text.append(unescaped(escaped));
        continue;
      }
      int code = hex(json, at);
      if (code < 0) {
        return Optional.empty();
      }
      text.append((char) code);
      at += 4;
    }
    return Optional.empty();
  }

  private static int hex(String json, int from) {
    if (from + 4 > json.length()) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(json.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = 16 * code + digit;
    }
    return code;
  }

  private static char unescaped(char escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escaped;
    };
  }
}
