package io.github.kvslocal.session;

import static io.github.kvslocal.session.Cast.ANN;
import static io.github.kvslocal.session.Cast.BOB;
import static io.github.kvslocal.session.Cast.CYD;
import static io.github.kvslocal.session.Cast.DOT;
import static io.github.kvslocal.session.Cast.FIRST;
import static io.github.kvslocal.session.Cast.MASTER;
import static io.github.kvslocal.session.Cast.SECOND;
import static io.github.kvslocal.session.Cast.START;
import static io.github.kvslocal.session.Cast.STREAM;
import static io.github.kvslocal.session.Cast.THIRD;
import static io.github.kvslocal.session.Cast.at;
import static io.github.kvslocal.session.Cast.fillTheSeats;
import static io.github.kvslocal.session.Cast.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.session.SessionEffect.ClosePeer;
import io.github.kvslocal.session.SessionEffect.RenewPeer;
import io.github.kvslocal.session.SessionEffect.SeatFreed;
import io.github.kvslocal.session.SessionEffect.SeatHeld;
import io.github.kvslocal.session.SessionEffect.SendOffer;
import io.github.kvslocal.session.SessionEffect.SessionEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule, and each edge between two of them. Times are seconds of the first join's age. */
class StorageSessionTest {
  private final StorageSession session = new StorageSession(SessionLimits.DOCUMENTED);

  @Test
  void everyJoinYieldsExactlyOneOffer() throws RefusedException {
    assertThat(session.join(MASTER, STREAM, START))
        .containsExactly(new SendOffer(FIRST, MASTER, STREAM));
    assertThat(session.join(ANN, STREAM, START))
        .containsExactly(new SendOffer(SECOND, ANN, STREAM));
  }

  @Test
  void anOfferThatWaitsForItsAnswerIsRepeatedWithTheSamePeer() throws RefusedException {
    join(MASTER, 0);
    join(ANN, 0);

    assertThat(session.join(MASTER, STREAM, at(1)))
        .containsExactly(new SendOffer(FIRST, MASTER, STREAM));
    assertThat(session.join(ANN, STREAM, at(1)))
        .containsExactly(new SendOffer(SECOND, ANN, STREAM));
  }

  @Test
  void theNewestMasterWinsOnceItsOfferIsAnswered() throws RefusedException {
    join(MASTER, 0);
    assertThat(session.answered(FIRST, at(1))).isEmpty();
    assertThat(session.join(MASTER, STREAM, at(2)))
        .containsExactly(new SendOffer(SECOND, MASTER, STREAM));

    assertThat(session.answered(SECOND, at(3)))
        .containsExactly(new ClosePeer(FIRST, MASTER, CloseCause.REPLACED));
  }

  @Test
  void theNewestJoinOfAViewerWinsLikewiseAndTakesNoSecondSeat() throws RefusedException {
    enter(ANN, FIRST, 0);
    join(ANN, 1);
    join(BOB, 1);
    join(CYD, 1);

    assertThat(session.answered(SECOND, at(2)))
        .containsExactly(new ClosePeer(FIRST, ANN, CloseCause.REPLACED));
    assertThat(session.ended(FIRST, at(2))).isEmpty();
  }

  @Test
  void aSecondAnswerToARepeatedOfferCountsInsteadOfTheFirst() throws RefusedException {
    offer(MASTER, FIRST, 0);
    offer(MASTER, FIRST, 1);
    session.answered(FIRST, at(2));
    assertThat(session.answerableAgain(MASTER)).contains(FIRST);

    assertThat(session.answeredAgain(FIRST, at(3)))
        .containsExactly(new RenewPeer(FIRST, SECOND, MASTER));
    assertThat(session.newest(MASTER)).contains(SECOND);
    assertThat(session.answerableAgain(MASTER)).isEmpty();
    assertThat(session.answeredAgain(SECOND, at(4))).isEmpty();
  }

  @Test
  void anOfferThatWaitsIsAnsweredBeforeAnOlderOneIsAnsweredAgain() throws RefusedException {
    offer(ANN, FIRST, 0);
    offer(ANN, FIRST, 1);
    session.answered(FIRST, at(2));
    offer(ANN, SECOND, 3);
    assertThat(session.answerableAgain(ANN)).isEmpty();
    session.answered(SECOND, at(4));

    assertThat(session.answerableAgain(ANN)).contains(SECOND);
  }

  @Test
  void aRepetitionThatDidNotReachItsClientIsNotAnsweredAgain() throws RefusedException {
    join(MASTER, 0);
    join(MASTER, 1);
    offer(MASTER, FIRST, 2);

    session.answered(FIRST, at(3));

    assertThat(session.answerableAgain(MASTER)).isEmpty();
  }

  @Test
  void anAnswerToAnOfferWhosePeerIsGoneLeavesTheConnectedPeer() throws RefusedException {
    enter(MASTER, FIRST, 0);
    offer(MASTER, SECOND, 1);
    offer(MASTER, SECOND, 2);

    session.ended(SECOND, at(32));

    assertThat(session.answerableAgain(MASTER)).isEmpty();
    assertThat(session.answeredAgain(FIRST, at(33))).isEmpty();
  }

  @Test
  void anAnswerToAnOfferWhosePeerIsGoneLeavesThePeerOfTheNextOffer() throws RefusedException {
    enter(MASTER, FIRST, 0);
    offer(MASTER, SECOND, 1);
    session.ended(SECOND, at(31));
    offer(MASTER, THIRD, 32);

    session.answered(THIRD, at(33));

    assertThat(session.answerableAgain(MASTER)).isEmpty();
  }

  @Test
  void aPeerThatIsGivenUpTakesTheAnswersWithItThatWereOwedBefore() throws RefusedException {
    offer(ANN, FIRST, 0);
    offer(ANN, FIRST, 1);
    session.answered(FIRST, at(2));
    offer(ANN, SECOND, 3);

    session.ended(SECOND, at(33));

    assertThat(session.answerableAgain(ANN)).isEmpty();
  }

  @Test
  void aMasterThatAnswersAgainIsAbsentUntilItConnectsAgain() throws RefusedException {
    offer(MASTER, FIRST, 0);
    offer(MASTER, FIRST, 0);
    session.answered(FIRST, at(0));
    session.connected(FIRST, at(1));
    join(ANN, 10);
    session.answeredAgain(FIRST, at(20));
    assertThat(session.nextDeadline()).contains(at(200));

    session.connected(THIRD, at(21));

    assertThat(session.nextDeadline()).contains(at(3600));
  }

  @Test
  void anAnswerThatNobodyWaitsForChangesNothing() throws RefusedException {
    enter(MASTER, FIRST, 0);

    assertThat(session.answered(FIRST, at(1))).isEmpty();
    assertThat(session.awaitingAnswer(MASTER)).isEmpty();
  }

  @Test
  void candidatesFollowTheNewestOffer() throws RefusedException {
    join(ANN, 0);
    session.answered(FIRST, at(0));
    assertThat(session.newest(ANN)).contains(FIRST);
    join(ANN, 1);

    assertThat(session.newest(ANN)).contains(SECOND);
    assertThat(session.newest(BOB)).isEmpty();
  }

  @Test
  void aSessionWhosePeersHaveGoneIsEmptyAndWaitsForNothing() throws RefusedException {
    enter(MASTER, FIRST, 0);
    join(MASTER, 1);
    assertThat(session.nextDeadline()).contains(at(3600));

    session.ended(FIRST, at(2));
    session.ended(SECOND, at(2));

    assertThat(session.isEmpty()).isTrue();
    assertThat(session.nextDeadline()).isEmpty();
  }

  @Test
  void theFourthViewerIsRefusedAndToldWhoHoldsTheSeats() throws RefusedException {
    join(ANN, 0);
    join(BOB, 1);
    join(CYD, 2);
    session.ended(SECOND, at(5));

    assertThatThrownBy(() -> join(DOT, 6))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.VIEWER_LIMIT))
        .hasMessageContaining("maximum number of viewers connected to the session, which is 3")
        .hasMessageContaining("ann is in the session; bob has left")
        .hasMessageContaining("come back until 2026-11-20T12:01:05Z; cyd is in the session");
    assertThat(session.newest(DOT)).isEmpty();
  }

  @Test
  void theMasterNeedsNoSeat() throws RefusedException {
    join(ANN, 0);
    join(BOB, 0);
    join(CYD, 0);

    assertThat(session.join(MASTER, STREAM, at(1))).hasSize(1);
  }

  @Test
  void aSeatIsHeldForAMinuteAndThenFree() throws RefusedException {
    fillTheSeats(session);
    assertThat(session.ended(FIRST, at(10))).containsExactly(new SeatHeld(id(ANN), at(70)));

    assertThat(session.elapse(at(70).minusMillis(1))).isEmpty();
    assertRefused(DOT, at(70).minusMillis(1));
    assertThat(session.elapse(at(70))).containsExactly(new SeatFreed(id(ANN)));
    assertThat(session.join(DOT, STREAM, at(70))).hasSize(1);
  }

  @Test
  void aViewerTakesItsOwnSeatBackAtNoCost() throws RefusedException {
    fillTheSeats(session);
    session.ended(FIRST, at(10));
    join(ANN, 69);

    assertThat(session.elapse(at(70))).isEmpty();
    assertRefused(DOT, at(70));
  }

  @Test
  void aViewerThatComesBackWhenItsHoldIsOverNeedsAFreeSeat() throws RefusedException {
    fillTheSeats(session);
    session.ended(FIRST, at(10));
    session.elapse(at(70));
    join(DOT, 70);

    assertRefused(ANN, at(70));
  }

  @Test
  void aViewerWhoseOfferIsNeverAnsweredHoldsItsSeatToo() throws RefusedException {
    join(ANN, 0);

    assertThat(session.ended(FIRST, at(30))).containsExactly(new SeatHeld(id(ANN), at(90)));
  }

  @Test
  void aViewerWhoseNewerOfferFailsStaysWithItsOlderPeer() throws RefusedException {
    enter(ANN, FIRST, 0);
    join(ANN, 1);

    assertThat(session.ended(SECOND, at(31))).isEmpty();
    assertThat(session.newest(ANN)).contains(FIRST);
  }

  @Test
  void aViewerThatTakesOverWhileItsOldPeerDiesKeepsItsSeat() throws RefusedException {
    enter(ANN, FIRST, 0);
    join(ANN, 1);

    assertThat(session.ended(FIRST, at(2))).isEmpty();
    assertThat(session.answered(SECOND, at(3))).isEmpty();
  }

  @Test
  void aSecondHoldCountsFromTheSecondLeaving() throws RefusedException {
    join(ANN, 0);
    session.ended(FIRST, at(10));
    join(ANN, 60);

    assertThat(session.ended(SECOND, at(65))).containsExactly(new SeatHeld(id(ANN), at(125)));
  }

  @Test
  void heldSeatsAloneKeepTheSessionAndTheLastOneEndsIt() throws RefusedException {
    join(ANN, 0);
    session.ended(FIRST, at(10));
    assertThat(session.isEmpty()).isFalse();
    assertThat(session.nextDeadline()).contains(at(70));

    assertThat(session.elapse(at(70))).containsExactly(new SeatFreed(id(ANN)));
    assertThat(session.isEmpty()).isTrue();
    assertThat(session.nextDeadline()).isEmpty();
  }

  @Test
  void viewersThatNoMasterJoinsAreEvictedAfterThreeMinutesFromTheFirst() throws RefusedException {
    join(ANN, 0);
    enter(BOB, SECOND, 100);
    assertThat(session.elapse(at(180).minusNanos(1))).isEmpty();

    assertThat(session.elapse(at(180)))
        .containsExactly(
            new ClosePeer(FIRST, ANN, CloseCause.MASTER_ABSENT),
            new SeatHeld(id(ANN), at(240)),
            new ClosePeer(SECOND, BOB, CloseCause.MASTER_ABSENT),
            new SeatHeld(id(BOB), at(240)));
  }

  @Test
  void anEvictedViewerMayComeBackToItsSeatAndWaitsAnew() throws RefusedException {
    join(ANN, 0);
    session.elapse(at(180));
    join(ANN, 200);

    assertThat(session.nextDeadline()).contains(at(380));
  }

  @Test
  void bothPeersOfAnEvictedViewerAreClosed() throws RefusedException {
    enter(ANN, FIRST, 0);
    join(ANN, 170);

    assertThat(session.elapse(at(180)))
        .containsExactly(
            new ClosePeer(FIRST, ANN, CloseCause.MASTER_ABSENT),
            new ClosePeer(SECOND, ANN, CloseCause.MASTER_ABSENT),
            new SeatHeld(id(ANN), at(240)));
  }

  @Test
  void aMasterThatOnlyJoinsOrAnswersDoesNotEndTheWaiting() throws RefusedException {
    join(ANN, 0);
    join(MASTER, 10);
    session.answered(SECOND, at(170));

    assertThat(session.elapse(at(180)))
        .contains(new ClosePeer(FIRST, ANN, CloseCause.MASTER_ABSENT));
    assertThat(session.newest(MASTER)).contains(SECOND);
  }

  @Test
  void aMasterThatConnectsAtTheLastMomentEndsTheWaiting() throws RefusedException {
    join(ANN, 0);
    join(MASTER, 179);
    session.answered(SECOND, at(179));
    session.connected(SECOND, at(180).minusMillis(1));

    assertThat(session.elapse(at(180))).isEmpty();
    assertThat(session.nextDeadline()).contains(at(3600));
  }

  @Test
  void aMasterThatIsBackJustInTimeLetsTheViewersStay() throws RefusedException {
    enter(MASTER, FIRST, 0);
    join(ANN, 10);
    session.ended(FIRST, at(100));
    join(MASTER, 270);
    session.answered(THIRD, at(271));
    session.connected(THIRD, at(280).minusMillis(1));

    assertThat(session.elapse(at(1000))).isEmpty();
  }

  @Test
  void theWaitingCountsFromTheMastersLeaving() throws RefusedException {
    enter(MASTER, FIRST, 0);
    join(ANN, 10);
    session.ended(FIRST, at(100));

    assertThat(session.nextDeadline()).contains(at(280));
  }

  @Test
  void theWaitingCountsAnewForTheNextFirstViewer() throws RefusedException {
    join(ANN, 0);
    session.ended(FIRST, at(150));
    join(BOB, 170);
    session.elapse(at(210));

    assertThat(session.nextDeadline()).contains(at(350));
  }

  @Test
  void aMasterThatIsTakenOverLeavesTheViewersWaitingUntilTheNewOneConnects()
      throws RefusedException {
    enter(MASTER, FIRST, 0);
    join(ANN, 10);
    join(MASTER, 20);
    assertThat(session.nextDeadline()).contains(at(3600));
    session.answered(THIRD, at(30));
    assertThat(session.nextDeadline()).contains(at(210));

    session.connected(THIRD, at(31));

    assertThat(session.nextDeadline()).contains(at(3600));
  }

  @Test
  void aMasterAloneIsNeverEvicted() throws RefusedException {
    join(MASTER, 0);

    assertThat(session.elapse(at(3599))).isEmpty();
  }

  @Test
  void anHourEndsTheSessionForAll() throws RefusedException {
    enter(MASTER, FIRST, 0);
    enter(ANN, SECOND, 3000);
    join(MASTER, 3590);
    assertThat(session.elapse(at(3600).minusNanos(1))).isEmpty();

    assertThat(session.elapse(at(3600)))
        .containsExactly(
            new ClosePeer(FIRST, MASTER, CloseCause.LENGTH),
            new ClosePeer(THIRD, MASTER, CloseCause.LENGTH),
            new ClosePeer(SECOND, ANN, CloseCause.LENGTH),
            new SessionEnded(CloseCause.LENGTH));
    assertThat(session.isEmpty()).isTrue();
    assertThat(session.nextDeadline()).isEmpty();
  }

  @Test
  void theHourEndsHeldSeatsToo() throws RefusedException {
    enter(MASTER, FIRST, 0);
    join(ANN, 3500);
    join(BOB, 3500);
    join(CYD, 3500);
    session.ended(SECOND, at(3590));
    session.elapse(at(3600));

    assertThat(session.join(DOT, STREAM, at(3600))).hasSize(1);
    assertThat(session.nextDeadline()).contains(at(3780));
  }

  @Test
  void aSessionThatIsJoinedAfterItsHourIsAnother() throws RefusedException {
    enter(MASTER, FIRST, 0);
    session.elapse(at(3600));
    assertThat(session.ended(FIRST, at(3600))).isEmpty();
    join(MASTER, 3601);

    assertThat(session.newest(MASTER)).contains(SECOND);
    assertThat(session.nextDeadline()).contains(at(7201));
  }

  @Test
  void theHourCountsFromTheFirstJoinWhoeverIsLeft() throws RefusedException {
    join(ANN, 0);
    session.ended(FIRST, at(10));
    join(MASTER, 69);
    session.elapse(at(70));

    assertThat(session.nextDeadline()).contains(at(3600));
  }

  @Test
  void whatFellDueLongAgoIsSettledInOrderAndAtItsOwnInstant() throws RefusedException {
    join(ANN, 0);

    assertThat(session.elapse(at(10_000)))
        .containsExactly(
            new ClosePeer(FIRST, ANN, CloseCause.MASTER_ABSENT),
            new SeatHeld(id(ANN), at(240)),
            new SeatFreed(id(ANN)));
    assertThat(session.isEmpty()).isTrue();
  }

  @Test
  void theEndOfStorageEndsTheSessionForAll() throws RefusedException {
    join(MASTER, 0);
    join(ANN, 0);
    join(BOB, 0);
    session.ended(THIRD, at(1));

    assertThat(session.end(CloseCause.STORAGE_ENDED))
        .containsExactly(
            new ClosePeer(FIRST, MASTER, CloseCause.STORAGE_ENDED),
            new ClosePeer(SECOND, ANN, CloseCause.STORAGE_ENDED),
            new SessionEnded(CloseCause.STORAGE_ENDED));
    assertThat(session.isEmpty()).isTrue();
    assertThat(session.nextDeadline()).isEmpty();
    assertThat(session.end(CloseCause.STORAGE_ENDED)).isEmpty();
  }

  @Test
  void anInputBeforeWhatIsDueIsAMistakeOfItsDriver() throws RefusedException {
    join(ANN, 0);

    assertThatIllegalStateException().isThrownBy(() -> join(BOB, 180));
  }

  @Test
  void limitsThatNobodyCouldLiveWithAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SessionLimits(
                    3,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ZERO,
                    Duration.ofHours(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SessionLimits(
                    -1,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(3),
                    Duration.ofHours(1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aLimitThatNoClockCouldAddIsRefused(int which) {
    Duration[] limits = new Duration[4];
    Arrays.fill(limits, SessionLimits.LONGEST);
    assertThatNoException().isThrownBy(() -> limits(limits));

    limits[which] = Duration.ofSeconds(Long.MAX_VALUE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> limits(limits))
        .withMessageContaining("no limit of a session is longer than 365 days");
  }

  private static SessionLimits limits(Duration... each) {
    return new SessionLimits(3, each[0], each[1], each[2], each[3]);
  }

  private void join(Participant who, long second) throws RefusedException {
    session.join(who, STREAM, at(second));
  }

  /** Joins, and the client gets the offer. */
  private void offer(Participant who, PeerId peer, long second) throws RefusedException {
    join(who, second);
    session.offerDelivered(peer);
  }

  /** Joins, answers and connects at one instant. */
  private void enter(Participant who, PeerId peer, long second) throws RefusedException {
    offer(who, peer, second);
    session.answered(peer, at(second));
    session.connected(peer, at(second));
  }

  private void assertRefused(Participant who, Instant now) {
    assertThatThrownBy(() -> session.join(who, STREAM, now))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("maximum number of viewers");
  }
}
