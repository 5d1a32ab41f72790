package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.peer.FakeDtls;
import io.github.kvslocal.peer.FakeIce;
import io.github.kvslocal.peer.NullSrtp;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import io.github.kvslocal.session.SessionLimits;
import io.github.kvslocal.signaling.SignalingLimits;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A world of fakes in virtual time; every session shares its one loop. */
final class TestWorld {
  static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  final ManualLoop loop = new ManualLoop(START);
  final FakeIce ice = new FakeIce();
  final FakeDtls dtls = new FakeDtls();
  final NullSrtp srtp = new NullSrtp();
  final InMemoryFragmentStore store = new InMemoryFragmentStore();
  final Journal journal = new Journal();

  EmulatorRuntime runtime() {
    return runtime(store);
  }

  /** With another store in front of, or instead of, this world's. */
  EmulatorRuntime runtime(FragmentStore other) {
    return runtime(other, loop);
  }

  /** With another store, and another loop over this world's. */
  EmulatorRuntime runtime(FragmentStore other, SessionLoop over) {
    return new EmulatorRuntime(
        whose -> over,
        ice,
        dtls,
        srtp,
        new VoiceMixing(new ConcentusOpus(), true),
        other,
        FragmentLimits.DOCUMENTED,
        SessionLimits.DOCUMENTED,
        SignalingLimits.DOCUMENTED,
        new Random(1),
        journal);
  }

  /** The events of the journal, oldest first. */
  List<String> events() {
    return journal.entries().stream().map(entry -> entry.event().text()).toList();
  }

  /** What the newest entry of this event says; empty if there is none. */
  String detail(String event) {
    return journal.entries().stream()
        .filter(entry -> entry.event().text().equals(event))
        .map(JournalEntry::detail)
        .reduce("", (before, after) -> after);
  }

  static ChannelArn channel(String name) {
    return new ChannelArn("aws", "us-east-1", "000000000000", name, 1_700_000_000_000L);
  }

  static StreamArn stream(String name) {
    return new StreamArn("aws", "us-east-1", "000000000000", name, 1_700_000_000_000L);
  }
}
