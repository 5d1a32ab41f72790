package io.github.kvslocal.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.kvslocal.sdp.IceCredentials;
import java.util.List;
import org.ice4j.ice.Agent;
import org.ice4j.stack.StunStack;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GatheredAgentTest {
  private static final IceCredentials CREDENTIALS =
      new IceCredentials("frag", "passwordOfTwentyTwoLetters");

  @BeforeAll
  static void quietTheLibrary() {
    IceSettings.apply();
  }

  @Test
  void checkWhoseAnswerHasJustBeenTakenNeedsNoCancelling() {
    StunStack stack = GatheredAgent.from(List.of()).agent().getStunStack();

    assertThatCode(() -> stack.cancelTransaction(null)).doesNotThrowAnyException();
  }

  @Test
  void nothingIsCancelledForSuccessorsEither() {
    StunStack stack = GatheredAgent.from(List.of(), CREDENTIALS).agent().getStunStack();

    assertThatCode(() -> stack.cancelTransaction(null)).doesNotThrowAnyException();
  }

  @Test
  void everyAgentHasOneStackOfItsOwn() {
    Agent agent = GatheredAgent.from(List.of()).agent();

    StunStack other = GatheredAgent.from(List.of()).agent().getStunStack();

    assertThat(agent.getStunStack()).isSameAs(agent.getStunStack()).isNotSameAs(other);
  }
}
