package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.channel.RefusedException;
import java.util.List;
import java.util.regex.Pattern;

/** How images are to look, which GetImages and the image generation configuration share. */
final class ImageFormat {
  /** GetImages and ImageGenerationConfiguration API pages, SamplingInterval. */
  static final int SHORTEST_INTERVAL_MILLIS = 200;

  private static final String QUALITY = "JPEGQuality";
  private static final TextRule VALUE = TextRule.of(0, 256, "^[a-zA-Z_0-9]+");
  private static final Pattern ONE_TO_HUNDRED = Pattern.compile("0*([1-9][0-9]?|100)");

  private enum Format {
    JPEG,
    PNG
  }

  private ImageFormat() {}

  /**
   * Checks {@code Format}, {@code FormatConfig}, {@code WidthPixels} and {@code HeightPixels}. One
   * of the two sizes alone passes: the API page of GetImages says of the width that it is an error
   * and of the height that the ratio is kept.
   */
  static void check(Members from) throws RefusedException {
    copy(new CheckedCopy(from, Answer.object()));
  }

  /** The same, keeping what was checked. */
  static void copy(CheckedCopy copy) throws RefusedException {
    copy.requiredOneOf("Format", Format.class);
    if (copy.from().has("FormatConfig")) {
      copy.to().set("FormatConfig", formatConfig(copy.from()));
    }
    copy.integer("WidthPixels", 1, 3840);
    copy.integer("HeightPixels", 1, 2160);
  }

  /** A map with one key. AWS does not say what a quality of PNG means; it passes. */
  private static ObjectNode formatConfig(Members from) throws RefusedException {
    Members map = from.structure("FormatConfig");
    if (!map.keys().equals(List.of(QUALITY))) {
      throw from.breaks(
          "FormatConfig",
          "must have length 1 and its keys must satisfy enum value set: [" + QUALITY + "]");
    }
    String quality = map.requiredText(QUALITY, VALUE);
    if (!ONE_TO_HUNDRED.matcher(quality).matches()) {
      throw map.breaks(QUALITY, "must be a number from 1 to 100");
    }
    return Answer.object().put(QUALITY, quality);
  }
}
