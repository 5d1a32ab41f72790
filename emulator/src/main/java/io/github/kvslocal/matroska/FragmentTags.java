package io.github.kvslocal.matroska;

import io.github.kvslocal.fragment.FragmentNumber;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the service tells of a fragment in tags (GetMedia API page, "Response Syntax").
 *
 * @param producerTime when its media began, by the session's clock
 * @param serverTime when the service had it whole
 */
public record FragmentTags(FragmentNumber number, Instant producerTime, Instant serverTime) {
  public static final String FRAGMENT_NUMBER = "AWS_KINESISVIDEO_FRAGMENT_NUMBER";
  public static final String SERVER_TIMESTAMP = "AWS_KINESISVIDEO_SERVER_TIMESTAMP";
  public static final String PRODUCER_TIMESTAMP = "AWS_KINESISVIDEO_PRODUCER_TIMESTAMP";

  /** Simple tags by name, in the order of the file; times in seconds with three decimals. */
  public Map<String, String> toMap() {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(FRAGMENT_NUMBER, number.digits());
    tags.put(SERVER_TIMESTAMP, seconds(serverTime));
    tags.put(PRODUCER_TIMESTAMP, seconds(producerTime));
    return tags;
  }

  private static String seconds(Instant time) {
    long millis = time.toEpochMilli();
    return String.format(
        Locale.ROOT, "%d.%03d", Math.floorDiv(millis, 1000), Math.floorMod(millis, 1000));
  }
}
