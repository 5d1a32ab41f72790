package io.github.kvslocal.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What peers are told where the user's language has digits of its own. */
@ResourceLock(Resources.LOCALE)
class ForeignDigitsTest {
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
  void offersAreAscii() {
    OutgoingTracks tracks = new OutgoingTracks("cafe", 11, 12, 13);
    SessionDescription toViewer =
        OfferPlan.DEFAULT.toViewer(
            4711, SessionDescriptionTest.CREDENTIALS, SessionDescriptionTest.FINGERPRINT, tracks);

    assertThat(SdpWriter.write(SessionDescriptionTest.offer())).isASCII();
    assertThat(SdpWriter.write(toViewer)).isASCII();
  }

  @Test
  void candidateIsTheSame() {
    IceCandidate candidate =
        new IceCandidate("1", 1, "udp", 2_130_706_431L, "192.0.2.1", 4580, "host");

    assertThat(candidate).hasToString("candidate:1 1 udp 2130706431 192.0.2.1 4580 typ host");
  }
}
