package io.github.kvslocal.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final String ARN =
      "arn:aws:kinesisvideo:us-east-1:000000000000:channel/door/1700000000000";
  private static final Occasion ANNS_JOIN = new Occasion("JoinStorageSession", "door", ARN, "ann");
  private static final FaultRule THROTTLED =
      FaultRule.of(new Fault.ApiError("ThrottlingException", 0));

  private final FaultPlan plan = new FaultPlan();

  @Test
  void planWithoutRulesIsEmptyAndStrikesNothing() throws Exception {
    assertThat(plan.isEmpty()).isTrue();
    assertThat(struck(ANNS_JOIN)).isEmpty();

    String id = plan.add(THROTTLED, NOW);
    assertThat(plan.isEmpty()).isFalse();
    assertThat(plan.remove(id)).isTrue();

    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.remove(id)).isFalse();
  }

  @Test
  void ruleStrikesWhatItsScopeCovers() throws Exception {
    plan.add(THROTTLED.onOperation("JoinStorageSession").onChannel("door").forClient("ann"), NOW);
    plan.add(THROTTLED.onChannel(ARN), NOW);

    assertThat(struck(ANNS_JOIN)).containsExactly("1", "2");
    assertThat(struck(new Occasion("JoinStorageSession", "door", ARN, "bob"))).containsExactly("2");
    assertThat(struck(new Occasion("GetIceServerConfig", "door", ARN, "ann"))).containsExactly("2");
    assertThat(struck(new Occasion("JoinStorageSession", "gate", "", "ann"))).isEmpty();
  }

  @Test
  void onlyFaultsOfTheKindAreStruck() throws Exception {
    plan.add(FaultRule.of(new Fault.WithholdOffer()).times(1), NOW);

    assertThat(struck(ANNS_JOIN)).isEmpty();
    assertThat(plan.strike(Fault.OfOffer.class, ANNS_JOIN, NOW))
        .containsExactly(new Strike<>("1", new Fault.WithholdOffer()));
  }

  @Test
  void countEndsARuleAndTheListTellsHowOftenItHasStruck() throws Exception {
    plan.add(THROTTLED.times(2), NOW);

    List<Integer> hits = IntStream.range(0, 4).mapToObj(i -> struck(ANNS_JOIN).size()).toList();

    assertThat(hits).containsExactly(1, 1, 0, 0);
    assertThat(plan.list(NOW)).singleElement().extracting(FaultPlan.Listed::struck).isEqualTo(2);
  }

  @Test
  void ruleEndsWithItsTimeToLive() throws Exception {
    plan.add(THROTTLED.lasting(Duration.ofMinutes(1)), NOW);
    Instant end = NOW.plusSeconds(60);

    assertThat(plan.nextEnd(NOW)).isEqualTo(end);
    assertThat(plan.strike(Fault.OfCall.class, ANNS_JOIN, end.minusNanos(1))).hasSize(1);
    assertThat(plan.strike(Fault.OfCall.class, ANNS_JOIN, end)).isEmpty();
    assertThat(plan.list(end)).isEmpty();
    assertThat(plan.nextEnd(end)).isEqualTo(Instant.MAX);
  }

  @Test
  void sameSeedMeansTheSameFate() throws Exception {
    List<Boolean> first = fates(THROTTLED.withProbability(0.3).withSeed(7));

    assertThat(fates(THROTTLED.withProbability(0.3).withSeed(7))).isEqualTo(first);
    assertThat(fates(THROTTLED.withProbability(0.3).withSeed(8))).isNotEqualTo(first);
    assertThat(first.stream().filter(hit -> hit).count()).isBetween(230L, 370L);
  }

  @Test
  void diceOfARuleDoNotKnowOfOthers() throws Exception {
    FaultRule chance = THROTTLED.withProbability(0.3).withSeed(7);
    List<Boolean> alone = fates(chance);

    FaultPlan shared = new FaultPlan();
    shared.add(THROTTLED.withProbability(0.5).withSeed(1).forClient("bob"), NOW);
    shared.add(chance, NOW);

    assertThat(fates(shared)).isEqualTo(alone);
  }

  private static List<Boolean> fates(FaultRule rule) throws RefusedException {
    FaultPlan plan = new FaultPlan();
    plan.add(rule, NOW);
    return fates(plan);
  }

  private static List<Boolean> fates(FaultPlan plan) {
    return IntStream.range(0, 1_000)
        .mapToObj(i -> !plan.strike(Fault.OfCall.class, ANNS_JOIN, NOW).isEmpty())
        .toList();
  }

  @Test
  void somethingThatLastsIsStruckByARuleOnceAndAsLongAsThatIsInForce() throws Exception {
    Lasting media = new Lasting();
    String id = plan.add(FaultRule.of(new Fault.NoKeyFrameRequests()).times(1), NOW);

    assertThat(plan.strike(Fault.OfMedia.class, ANNS_JOIN, media, NOW)).hasSize(1);
    assertThat(plan.strike(Fault.OfMedia.class, ANNS_JOIN, media, NOW)).isEmpty();
    assertThat(plan.strike(Fault.OfMedia.class, ANNS_JOIN, new Lasting(), NOW)).isEmpty();
    assertThat(plan.inForce(Fault.OfMedia.class, media, NOW)).hasSize(1);

    plan.remove(id);

    assertThat(plan.inForce(Fault.OfMedia.class, media, NOW)).isEmpty();
  }

  @Test
  void rulesOfAGroupTakeThePlaceOfItsFormerOnes() throws Exception {
    plan.add(THROTTLED, NOW);
    plan.replace(ARN, List.of(THROTTLED, THROTTLED), NOW);
    plan.replace(ARN, List.of(THROTTLED.times(3)), NOW);

    assertThat(plan.list(NOW))
        .extracting(FaultPlan.Listed::rule)
        .containsExactly(THROTTLED, THROTTLED.times(3));

    plan.clear();

    assertThat(plan.list(NOW)).isEmpty();
    assertThat(plan.isEmpty()).isTrue();
  }

  @Test
  void spentRulesMakeRoomAndTooManyAreRefused() throws Exception {
    plan.add(THROTTLED.times(1), NOW);
    for (int i = 1; i < FaultPlan.MOST_RULES; i++) {
      plan.add(THROTTLED.forClient("ann"), NOW);
    }
    assertThatThrownBy(() -> plan.add(THROTTLED, NOW)).hasMessageContaining("1000 rules");

    struck(new Occasion("JoinStorageSession", "door", ARN, "bob"));

    assertThat(plan.add(THROTTLED, NOW)).isEqualTo("1001");
  }

  private List<String> struck(Occasion occasion) {
    return plan.strike(Fault.OfCall.class, occasion, NOW).stream().map(Strike::rule).toList();
  }
}
