package io.github.kvslocal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.session.SessionEffect.CloseReplaced;
import io.github.kvslocal.session.SessionEffect.SendOffer;
import org.junit.jupiter.api.Test;

class StorageSessionTest {
  private static final PeerId FIRST = new PeerId(1);
  private static final PeerId SECOND = new PeerId(2);
  private static final StreamArn STREAM =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private final StorageSession session = new StorageSession();

  @Test
  void everyJoinYieldsExactlyOneOffer() throws RefusedException {
    assertThat(session.join(Participant.MASTER, STREAM))
        .containsExactly(new SendOffer(FIRST, Participant.MASTER, STREAM));
  }

  @Test
  void anOfferThatWaitsForItsAnswerIsRepeatedWithTheSamePeer() throws RefusedException {
    session.join(Participant.MASTER, STREAM);

    assertThat(session.join(Participant.MASTER, STREAM))
        .containsExactly(new SendOffer(FIRST, Participant.MASTER, STREAM));
  }

  @Test
  void theOldPeerLivesUntilTheNewOfferIsAnswered() throws RefusedException {
    session.join(Participant.MASTER, STREAM);
    assertThat(session.answered(FIRST)).isEmpty();
    assertThat(session.join(Participant.MASTER, STREAM))
        .containsExactly(new SendOffer(SECOND, Participant.MASTER, STREAM));

    assertThat(session.answered(SECOND)).containsExactly(new CloseReplaced(FIRST));
  }

  @Test
  void anAnswerThatNobodyWaitsForChangesNothing() throws RefusedException {
    session.join(Participant.MASTER, STREAM);
    session.answered(FIRST);

    assertThat(session.answered(FIRST)).isEmpty();
    assertThat(session.awaitingAnswer(Participant.MASTER)).isEmpty();
  }

  @Test
  void candidatesFollowTheNewestOffer() throws RefusedException {
    session.join(Participant.MASTER, STREAM);
    session.answered(FIRST);
    assertThat(session.newest(Participant.MASTER)).contains(FIRST);
    session.join(Participant.MASTER, STREAM);

    assertThat(session.newest(Participant.MASTER)).contains(SECOND);
  }

  @Test
  void aSessionWhosePeersHaveGoneIsEmpty() throws RefusedException {
    session.join(Participant.MASTER, STREAM);
    session.answered(FIRST);
    session.join(Participant.MASTER, STREAM);

    session.ended(FIRST);
    session.ended(SECOND);

    assertThat(session.isEmpty()).isTrue();
  }

  @Test
  void aViewerIsToldThatViewersAreNotBuiltYet() {
    assertThatThrownBy(() -> session.join(new Participant.Viewer(new ClientId("ann")), STREAM))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_BUILT_YET));
  }
}
