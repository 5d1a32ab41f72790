package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.fault.Fault;
import io.github.kvslocal.fault.Lasting;
import io.github.kvslocal.fault.MediaFate;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.fault.PeerFate;
import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.rtp.FeedbackHabits;

/**
 * What befalls one connection: as it is opened, and its media as long as rules are in force. On the
 * channel's loop.
 */
final class PeerFaults {
  private final ChannelFaults faults;
  private final Participant whose;
  private final NetworkModel usual;
  private final FaultyIce network;
  private final EmulatorRuntime world;
  private final NetworkOf networkOf;
  private final Lasting lasting = new Lasting();

  /** Gives a participant dice of its own. */
  interface NetworkOf {
    NetworkModel with(NetworkModel model);
  }

  /**
   * @param world as it is without faults
   * @param usual the participant's network without faults
   */
  PeerFaults(
      ChannelFaults faults,
      Participant whose,
      EmulatorRuntime world,
      NetworkModel usual,
      SessionLoop loop,
      NetworkOf networkOf) {
    this.faults = faults;
    this.whose = whose;
    this.usual = usual;
    this.networkOf = networkOf;
    this.network = new FaultyIce(world.ice(), usual, loop);
    PeerFate fate = PeerFate.of(faults.strike(Fault.OfPeer.class, whose));
    IceTransport.Factory ice =
        fate.ignoresChecks() || !fate.silentAfter().equals(PeerFate.NEVER)
            ? new DeadIce(network, fate, loop)
            : network;
    DtlsEndpoint.Factory dtls =
        fate.wrongFingerprint() ? new MisnamedDtls(world.dtls()) : world.dtls();
    this.world = world.withIce(ice).withDtls(dtls);
  }

  /** The world as this connection meets it. */
  EmulatorRuntime world() {
    return world;
  }

  /** Lets what is in force now befall its media. */
  void apply(PeerDriver peer) {
    var unused = faults.strike(Fault.OfMedia.class, whose, "", lasting);
    MediaFate before = MediaFate.on(usual);
    MediaFate fate = before.with(faults.inForce(Fault.OfMedia.class, lasting));
    network.change(fate.network().equals(usual) ? usual : networkOf.with(fate.network()));
    peer.feedback(new FeedbackHabits(fate.keyFrames(), fate.bitsPerSecond()));
  }
}
