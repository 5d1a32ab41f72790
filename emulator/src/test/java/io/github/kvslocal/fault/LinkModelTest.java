package io.github.kvslocal.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkModelTest {
  private static final Participant ANN = new Participant.Viewer(new ClientId("ann"));

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY})
  void whatIsNoFractionIsDeclined(double odd) {
    assertThatIllegalArgumentException().isThrownBy(() -> LinkModel.PERFECT.withLoss(odd));
    assertThatIllegalArgumentException().isThrownBy(() -> LinkModel.PERFECT.withDuplication(odd));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinkModel.PERFECT.withDelay(Duration.ofMillis(1)).withReordering(odd));
    assertThatIllegalArgumentException().isThrownBy(() -> new Bursts(odd, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Bursts(0.1, odd, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Bursts(0.1, 1, odd));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 10_000_000_001L})
  void whatIsNoDelayIsDeclined(long nanos) {
    Duration odd = Duration.ofNanos(nanos);

    assertThatIllegalArgumentException().isThrownBy(() -> LinkModel.PERFECT.withDelay(odd));
    assertThatIllegalArgumentException().isThrownBy(() -> LinkModel.PERFECT.withJitter(odd));
    assertThatIllegalArgumentException().isThrownBy(() -> new Bottleneck(8_000, odd));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1, 7_999, 10_000_000_001L})
  void whatIsNoRateIsDeclined(long rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bottleneck(rate, Duration.ZERO))
        .withMessage("the rate must be 8kbit to 10gbit a second");
  }

  @Test
  void everybodyHasTheSameNetworkAndDiceOfHisOwn() {
    NetworkModel model = NetworkModel.parse("loss=3%,seed=7");

    LinkModels networks = LinkModels.everywhere(model);

    NetworkModel ofMaster = networks.of(door(1), Participant.MASTER);
    NetworkModel ofAnn = networks.of(door(1), ANN);
    assertThat(ofMaster.withSeed(7)).isEqualTo(model);
    assertThat(ofAnn.withSeed(7)).isEqualTo(model);
    assertThat(ofMaster.seed()).isNotEqualTo(ofAnn.seed());
  }

  @Test
  void diceOfAParticipantAreTheSameInTheNextRun() {
    NetworkModel model = NetworkModel.parse("loss=3%,seed=7");

    NetworkModel first = LinkModels.everywhere(model).of(door(1), ANN);
    NetworkModel second = LinkModels.everywhere(model).of(door(2), ANN);

    assertThat(second).isEqualTo(first);
    assertThat(LinkModels.everywhere(model.withSeed(8)).of(door(1), ANN)).isNotEqualTo(first);
  }

  private static ChannelArn door(long createdAtMillis) {
    return new ChannelArn("aws", "us-east-1", "000000000000", "door", createdAtMillis);
  }
}
