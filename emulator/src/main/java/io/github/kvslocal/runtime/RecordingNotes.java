package io.github.kvslocal.runtime;

import io.github.kvslocal.journal.Event;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.Recorder;
import java.util.Map;

/** Tells of a recording's fragments and of its trouble, and does no more: the session goes on. */
final class RecordingNotes implements Recorder.Observer {
  private final SessionLoop loop;
  private final PeerNotes notes;
  private boolean started;

  RecordingNotes(SessionLoop loop, PeerNotes notes) {
    this.loop = loop;
    this.notes = notes;
  }

  @Override
  public void stored(FragmentMetadata fragment) {
    loop.execute(() -> tell(fragment));
  }

  private void tell(FragmentMetadata fragment) {
    if (!started) {
      started = true;
      notes.write(Event.RECORDING_STARTED, "the first fragment is stored");
    }
    notes.write(
        Event.FRAGMENT_STORED,
        "fragment %s of %d ms and %d bytes is stored"
            .formatted(fragment.number().digits(), fragment.duration().toMillis(), fragment.size()),
        Map.of(
            "fragment", fragment.number().digits(),
            "milliseconds", Long.toString(fragment.duration().toMillis()),
            "bytes", Long.toString(fragment.size())));
  }

  @Override
  public void interrupted(String why) {
    loop.execute(
        () ->
            notes.error(
                Event.RECORDING_INTERRUPTED,
                why + "; nothing is recorded until the disk takes fragments again"));
  }

  @Override
  public void resumed(long lost) {
    loop.execute(
        () -> notes.warn(Event.RECORDING_RESUMED, "fragments are stored again; lost were " + lost));
  }
}
