package io.github.kvslocal.runtime;

import io.github.kvslocal.recording.Recorder;
import io.github.kvslocal.session.PeerId;

/** Tells of a recording that loses fragments, and does no more than that: the session goes on. */
record RecordingTrouble(SessionLoop loop, ChannelNotes notes, PeerId peer)
    implements Recorder.Observer {
  @Override
  public void interrupted(String why) {
    loop.execute(
        () ->
            notes.error(
                peer,
                "recording-interrupted",
                why + "; nothing is recorded until the disk takes fragments again"));
  }

  @Override
  public void resumed(long lost) {
    loop.execute(
        () ->
            notes.warn(peer, "recording-resumed", "fragments are stored again; lost were " + lost));
  }
}
