package io.github.kvslocal.runtime;

import io.github.kvslocal.fault.LinkModels;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.SrtpContext;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.session.SessionLimits;
import io.github.kvslocal.signaling.SignalingLimits;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The world as the drivers see it: everything that is not a pure function of its arguments.
 *
 * @param loops makes the loop of a new session, given whose it is: a channel's ARN
 * @param links what each participant's network does to media, on top of what the real one does
 * @param voices how voices are mixed, live and for the recording
 * @param fragments how long a fragment becomes; as often a key frame is asked for
 * @param keepsLossyPictures whether what came of a master's picture that lost packets is recorded
 * @param sessions the limits of each storage session
 * @param signaling the limits of each channel's signaling
 * @param faults what befalls whom on purpose
 * @param random for SSRCs and session ids; secure in production, seeded in tests
 */
public record EmulatorRuntime(
    Function<String, SessionLoop> loops,
    IceTransport.Factory ice,
    LinkModels links,
    DtlsEndpoint.Factory dtls,
    SrtpContext.Factory srtp,
    VoiceMixing voices,
    FragmentStore store,
    FragmentLimits fragments,
    boolean keepsLossyPictures,
    SessionLimits sessions,
    SignalingLimits signaling,
    RandomGenerator random,
    Journal journal,
    Faults faults) {
  /** A world whose networks are as good as the real one, and where torn pictures are dropped. */
  public EmulatorRuntime(
      Function<String, SessionLoop> loops,
      IceTransport.Factory ice,
      DtlsEndpoint.Factory dtls,
      SrtpContext.Factory srtp,
      VoiceMixing voices,
      FragmentStore store,
      FragmentLimits fragments,
      SessionLimits sessions,
      SignalingLimits signaling,
      RandomGenerator random,
      Journal journal) {
    this(
        loops,
        ice,
        LinkModels.PERFECT,
        dtls,
        srtp,
        voices,
        store,
        fragments,
        false,
        sessions,
        signaling,
        random,
        journal,
        new Faults(journal));
  }

  /** The same, and what came of a picture that lost packets is recorded or not. */
  public EmulatorRuntime withLossyPictures(boolean kept) {
    return of(ice, links, kept);
  }

  /** The same over other networks. */
  public EmulatorRuntime withLinks(LinkModels others) {
    return of(ice, others, keepsLossyPictures);
  }

  /** The same with other agents. */
  EmulatorRuntime withIce(IceTransport.Factory others) {
    return of(others, links, keepsLossyPictures);
  }

  /** The same with another certificate's fingerprint, or other handshakes. */
  EmulatorRuntime withDtls(DtlsEndpoint.Factory others) {
    return new EmulatorRuntime(
        loops,
        ice,
        links,
        others,
        srtp,
        voices,
        store,
        fragments,
        keepsLossyPictures,
        sessions,
        signaling,
        random,
        journal,
        faults);
  }

  /** The same with these faults. */
  public EmulatorRuntime withFaults(Faults others) {
    return new EmulatorRuntime(
        loops,
        ice,
        links,
        dtls,
        srtp,
        voices,
        store,
        fragments,
        keepsLossyPictures,
        sessions,
        signaling,
        random,
        journal,
        others);
  }

  private EmulatorRuntime of(IceTransport.Factory agents, LinkModels networks, boolean kept) {
    return new EmulatorRuntime(
        loops, agents, networks, dtls, srtp, voices, store, fragments, kept, sessions, signaling,
        random, journal, faults);
  }
}
