package io.github.kvslocal;

import io.github.kvslocal.api.Action;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.Origin;
import io.github.kvslocal.websocket.RefusedUpgrade;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Writes sockets that were refused into the journal, which their edge does not know. */
record UpgradeNotes(Journal journal, InstantSource policyClock)
    implements Consumer<RefusedUpgrade> {
  @Override
  public void accept(RefusedUpgrade refused) {
    String status = Integer.toString(refused.answer().status());
    Map<String, String> facts = new TreeMap<>();
    facts.put("status", status);
    facts.put("error", refused.answer().code());
    if (!refused.operation().isEmpty()) {
      facts.put("operation", refused.operation());
    }
    journal.write(
        policyClock.instant(),
        new Origin(refused.channel().name(), arn(refused), client(refused), "", ""),
        Event.UPGRADE_REFUSED,
        "a signaling socket is refused with %s %s: %s"
            .formatted(status, refused.answer().code(), refused.answer().firstLine()),
        facts);
  }

  private static String client(RefusedUpgrade refused) {
    return refused.operation().equals(Action.CONNECT_AS_MASTER.name())
        ? Origin.client(Participant.MASTER)
        : Origin.viewer(refused.client());
  }

  private static String arn(RefusedUpgrade refused) {
    return refused.channel().kind().isEmpty() ? "" : refused.channel().arn();
  }
}
