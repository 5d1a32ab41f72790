package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.fault.Fault;
import io.github.kvslocal.fault.OfferFate;
import io.github.kvslocal.signaling.ConnectionId;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.SignalingEffect;
import io.github.kvslocal.signaling.SignalingEffect.Send;
import io.github.kvslocal.signaling.SignalingEffect.StorageOfferSent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What befalls offers of the storage session between the signaling that sends them and the sockets:
 * they are withheld, late, repeated or behind their candidates. On the channel's loop.
 */
final class OfferFaults {
  private final ChannelFaults faults;
  private final SessionLoop loop;
  private final Function<ConnectionId, Participant> whose;
  private final Consumer<List<SignalingEffect>> later;

  /** What will be sent of each offer that is delayed. */
  private final Map<Long, SessionLoop.Alarm> delayed = new HashMap<>();

  /** An offer with all that belongs to it. */
  private static final class Parcel {
    final List<SignalingEffect> candidates = new ArrayList<>();
    final List<SignalingEffect> offers = new ArrayList<>();
    final List<StorageOfferSent> told = new ArrayList<>();
    final List<SignalingEffect> others = new ArrayList<>();
    ConnectionId to = new ConnectionId(0);

    void add(SignalingEffect effect) {
      if (effect instanceof Send send && send.message() instanceof Outbound.SdpOffer) {
        to = send.to();
        offers.add(send);
      } else if (effect instanceof Send send && send.message() instanceof Outbound.IceCandidate) {
        candidates.add(send);
      } else if (effect instanceof StorageOfferSent sent) {
        told.add(sent);
      } else {
        others.add(effect);
      }
    }

    List<SignalingEffect> sent(OfferFate fate) {
      List<SignalingEffect> effects = new ArrayList<>();
      effects.addAll(fate.candidatesFirst() ? candidates : offers);
      effects.addAll(fate.candidatesFirst() ? offers : candidates);
      effects.addAll(told);
      for (int i = 0; i < fate.repetitions(); i++) {
        effects.addAll(offers);
        effects.addAll(told);
      }
      return effects;
    }
  }

  /**
   * @param whose the participant of a socket
   * @param later performs what was delayed
   */
  OfferFaults(
      ChannelFaults faults,
      SessionLoop loop,
      Function<ConnectionId, Participant> whose,
      Consumer<List<SignalingEffect>> later) {
    this.faults = faults;
    this.loop = loop;
    this.whose = whose;
    this.later = later;
  }

  /** What is to be performed now; as it was where no offer goes out, or nothing befalls it. */
  List<SignalingEffect> befall(List<SignalingEffect> effects) {
    if (faults.isEmpty()) {
      return effects;
    }
    Parcel parcel = new Parcel();
    effects.forEach(parcel::add);
    if (parcel.offers.isEmpty()) {
      return effects;
    }
    OfferFate fate = OfferFate.of(faults.strike(Fault.OfOffer.class, whose.apply(parcel.to)));
    if (fate.equals(OfferFate.NONE)) {
      return effects;
    }
    List<SignalingEffect> atOnce = new ArrayList<>(parcel.others);
    if (!fate.withheld() && fate.delay().isZero()) {
      atOnce.addAll(parcel.sent(fate));
    } else if (!fate.withheld()) {
      delay(parcel, fate);
    }
    return atOnce;
  }

  private void delay(Parcel parcel, OfferFate fate) {
    List<SignalingEffect> effects = parcel.sent(fate);
    long name = parcel.told.get(0).name();
    withdraw(name);
    delayed.put(
        name,
        loop.schedule(
            loop.now().plus(fate.delay()),
            "an offer that a fault has delayed is sent",
            () -> {
              delayed.remove(name);
              later.accept(effects);
            }));
  }

  /** Nobody waits any more for an answer to this offer. */
  void withdraw(long name) {
    SessionLoop.Alarm alarm = delayed.remove(name);
    if (alarm != null) {
      alarm.cancel();
    }
  }

  void stop() {
    delayed.values().forEach(SessionLoop.Alarm::cancel);
    delayed.clear();
  }
}
