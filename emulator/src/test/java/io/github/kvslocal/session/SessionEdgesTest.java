package io.github.kvslocal.session;

import static io.github.kvslocal.session.Cast.ANN;
import static io.github.kvslocal.session.Cast.BOB;
import static io.github.kvslocal.session.Cast.CYD;
import static io.github.kvslocal.session.Cast.DOT;
import static io.github.kvslocal.session.Cast.FIRST;
import static io.github.kvslocal.session.Cast.FOURTH;
import static io.github.kvslocal.session.Cast.MASTER;
import static io.github.kvslocal.session.Cast.SECOND;
import static io.github.kvslocal.session.Cast.STREAM;
import static io.github.kvslocal.session.Cast.at;
import static io.github.kvslocal.session.Cast.fillTheSeats;
import static io.github.kvslocal.session.Cast.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.session.SessionEffect.ClosePeer;
import io.github.kvslocal.session.SessionEffect.SeatFreed;
import io.github.kvslocal.session.SessionEffect.SeatHeld;
import io.github.kvslocal.session.SessionEffect.SendOffer;
import io.github.kvslocal.session.SessionEffect.SessionEnded;
import org.junit.jupiter.api.Test;

/** Instants at which two rules meet. Times are seconds of the first join's age. */
class SessionEdgesTest {
  private final StorageSession session = new StorageSession(SessionLimits.DOCUMENTED);

  @Test
  void aViewerTakesItsOwnSeatBackInTheLastMillisecondOfItsHold() throws RefusedException {
    fillTheSeats(session);
    session.ended(FIRST, at(10));

    assertThat(session.join(ANN, STREAM, at(70).minusMillis(1)))
        .containsExactly(new SendOffer(FOURTH, ANN, STREAM));
    assertThat(session.elapse(at(70))).isEmpty();
  }

  @Test
  void aStrangerIsRefusedWhileASeatIsTakenBackAndHeldAgain() throws RefusedException {
    fillTheSeats(session);
    session.ended(FIRST, at(10));
    join(ANN, 65);
    session.ended(FOURTH, at(66));
    session.elapse(at(125));

    assertThatThrownBy(() -> join(DOT, 125)).isInstanceOf(RefusedException.class);
    assertThat(session.elapse(at(126))).containsExactly(new SeatFreed(id(ANN)));
  }

  @Test
  void aMasterThatIsThereWhenTheThreeMinutesAreOverFindsNobody() throws RefusedException {
    join(ANN, 0);
    join(MASTER, 179);
    session.answered(SECOND, at(179));
    assertThat(session.elapse(at(180)))
        .containsExactly(
            new ClosePeer(FIRST, ANN, CloseCause.MASTER_ABSENT), new SeatHeld(id(ANN), at(240)));

    session.connected(SECOND, at(180));

    assertThat(session.newest(ANN)).isEmpty();
    assertThat(session.newest(MASTER)).contains(SECOND);
  }

  @Test
  void aHoldThatEndsWithTheHourEndsWithTheSession() throws RefusedException {
    enterMaster();
    join(ANN, 3_000);
    session.ended(SECOND, at(3_540));

    assertThat(session.elapse(at(3_600)))
        .containsExactly(
            new ClosePeer(FIRST, MASTER, CloseCause.LENGTH), new SessionEnded(CloseCause.LENGTH));
    assertThat(session.isEmpty()).isTrue();
  }

  @Test
  void anEvictionAtTheHourIsTheEndOfTheSession() throws RefusedException {
    enterMaster();
    join(ANN, 3_000);
    session.ended(FIRST, at(3_420));

    assertThat(session.elapse(at(3_600)))
        .containsExactly(
            new ClosePeer(SECOND, ANN, CloseCause.LENGTH), new SessionEnded(CloseCause.LENGTH));
  }

  @Test
  void aSeatThatFallsFreeWhenOthersAreEvictedIsFreeAtOnce() throws RefusedException {
    fillTheSeats(session);
    session.ended(FIRST, at(120));

    assertThat(session.elapse(at(180)))
        .startsWith(new SeatFreed(id(ANN)))
        .contains(new SeatHeld(id(BOB), at(240)), new SeatHeld(id(CYD), at(240)));
    assertThat(session.join(DOT, STREAM, at(180))).hasSize(1);
    assertThatThrownBy(() -> join(ANN, 180)).isInstanceOf(RefusedException.class);
  }

  private void enterMaster() throws RefusedException {
    join(MASTER, 0);
    session.answered(FIRST, at(0));
    session.connected(FIRST, at(0));
  }

  private void join(Participant who, long second) throws RefusedException {
    session.join(who, STREAM, at(second));
  }
}
