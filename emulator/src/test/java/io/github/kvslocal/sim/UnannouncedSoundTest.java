package io.github.kvslocal.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A viewer that says that it will only listen, and talks all the same. */
class UnannouncedSoundTest {
  private final Gathering gathering = new Gathering(true);

  @Test
  void nobodyHearsItAndTheJournalTellsWhyOnce() {
    List<EncodedFrame> sound = Clip.audio();
    Visit master = gathering.master(Gathering.TALKS, List.of());
    gathering.viewer("ann", Gathering.LISTENS, sound);
    Visit bob = gathering.viewer("bob", Gathering.LISTENS, List.of());

    gathering.pass(5_000);

    assertThat(Gathering.heardBy(master)).isEmpty();
    assertThat(Gathering.heardBy(bob)).isEmpty();
    assertThat(gathering.details("unannounced-media"))
        .singleElement()
        .asString()
        .startsWith("viewer ann sends RTP of payload type 111");
  }
}
