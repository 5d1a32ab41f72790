package io.github.kvslocal.http;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.runtime.ChannelDirectory;
import io.github.kvslocal.runtime.StorageService;
import io.github.kvslocal.signaling.ChannelFacts;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * SendAlexaOfferToMaster (API version 2019-12-04): the offer goes to the master as a viewer's does,
 * and the request is held until the master answers its sender.
 */
public final class AlexaOffers {
  private final ChannelDirectory channels;
  private final Masters masters;

  /** Who can be asked for an answer. */
  @FunctionalInterface
  public interface Masters {
    /** As {@link StorageService#alexaOffer}. */
    CompletableFuture<String> alexaOffer(
        ChannelArn channel, ClientId sender, String payload, ChannelFacts facts);
  }

  /** Offers to the masters of these channels. */
  public AlexaOffers(ChannelDirectory channels, Masters masters) {
    this.channels = channels;
    this.masters = masters;
  }

  /**
   * Brings an offer to the master; the answer's payload comes back as the master wrote it. A client
   * that hangs up takes its offer back.
   *
   * @param payload base64
   */
  CompletionStage<Answer> send(Owner asking, ChannelArn channel, ClientId sender, String payload)
      throws RefusedException {
    CompletableFuture<String> held =
        masters.alexaOffer(channel, sender, payload, channels.facts(asking, channel));
    CompletableFuture<Answer> answer =
        held.thenApply(text -> Answer.json(Answer.object().put("Answer", text)));
    var unused = answer.whenComplete((done, failure) -> held.cancel(false));
    return answer;
  }
}
