package io.github.kvslocal.http;

import java.util.regex.Pattern;

/**
 * What the service models demand of a text.
 *
 * @param least how many Unicode characters, as the models' length trait counts (Smithy 2.0)
 * @param most the same
 * @param pattern matches in full; none of these backtracks
 */
record TextRule(int least, int most, Pattern pattern) {
  /** A channel's, a stream's or a viewer's. */
  static final TextRule NAME = of(1, 256, "[a-zA-Z0-9_.-]+");

  static final TextRule ARN =
      of(1, 1024, "arn:[a-z\\d-]+:kinesisvideo:[a-z0-9-]+:[0-9]+:[a-z]+/[a-zA-Z0-9_.-]+/[0-9]+");

  /** Of models that know one partition only. */
  static final TextRule ARN_OF_ONE_PARTITION =
      of(1, 1024, "arn:aws:kinesisvideo:[a-z0-9-]+:[0-9]+:[a-z]+/[a-zA-Z0-9_.-]+/[0-9]+");

  static final TextRule VERSION = of(1, 64, "[a-zA-Z0-9]+");
  static final TextRule NEXT_TOKEN = of(0, 1024, "[a-zA-Z0-9+/=]*");
  static final TextRule TAG_KEY = of(1, 128, "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
  static final TextRule TAG_VALUE = of(0, 256, "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
  static final TextRule DEVICE_NAME = of(1, 128, "[a-zA-Z0-9_.-]+");
  static final TextRule KMS_KEY_ID = of(1, 2048, ".+");
  static final TextRule MEDIA_TYPE =
      of(1, 128, "[\\w\\-\\.\\+]+/[\\w\\-\\.\\+]+(,[\\w\\-\\.\\+]+/[\\w\\-\\.\\+]+)*");

  static TextRule of(int least, int most, String pattern) {
    return new TextRule(least, most, Pattern.compile(pattern));
  }
}
