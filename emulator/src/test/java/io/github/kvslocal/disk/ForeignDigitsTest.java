package io.github.kvslocal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.fragment.Gaps;
import io.github.kvslocal.recording.FragmentMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What the disk keeps where the user's language has digits of its own. */
@ResourceLock(Resources.LOCALE)
class ForeignDigitsTest {
  private static final StreamArn DOOR =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private Locale before = Locale.ROOT;

  @BeforeEach
  void speakArabic() {
    before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    assertThat("%d".formatted(1)).as("the digits of this language").isEqualTo("\u0661");
  }

  @AfterEach
  void speakAsBefore() {
    Locale.setDefault(before);
  }

  @Test
  void arnIsTheSame() throws Exception {
    String arn = DOOR.toString();

    assertThat(arn)
        .isEqualTo("arn:aws:kinesisvideo:us-east-1:000000000000:stream/door/1700000000000");
    assertThat(StreamArn.parse(arn)).isEqualTo(DOOR);
  }

  @Test
  void directoryOfAStreamHasTheSameName() {
    assertThat(DirectoryName.of(DOOR)).matches("door-1700000000000-[0-9a-f]{32}");
  }

  @Test
  void fileOfAFragmentIsReadAgain() {
    Instant noon = Instant.parse("2026-11-20T12:00:00Z");
    Gaps gaps = new Gaps(3, Duration.ofMillis(450), 1, Duration.ofMillis(20));
    FragmentMetadata torn =
        new FragmentMetadata(
            new FragmentNumber("12"), noon, noon, Duration.ofMillis(2_001), 7, gaps);

    String name = FragmentFileName.of(torn);

    assertThat(name).isEqualTo("12_1795176000000_1795176000000_2001_p3-450_s1-20.mkv");
    assertThat(FragmentFileName.parse(name, 7)).contains(torn);
  }
}
