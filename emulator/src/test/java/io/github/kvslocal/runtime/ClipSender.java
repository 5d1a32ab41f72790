package io.github.kvslocal.runtime;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.peer.FakeIce;
import io.github.kvslocal.rtp.HeaderExtensions;
import io.github.kvslocal.rtp.MediaSender;
import io.github.kvslocal.rtp.PacketSink;
import io.github.kvslocal.rtp.SendParameters;
import io.github.kvslocal.rtp.SendTrack;
import io.github.kvslocal.rtp.TrackFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Sends the clip to one agent as a master with the offered payload types would. */
final class ClipSender implements PacketSink {
  private final ManualLoop loop;
  private final FakeIce.Transport to;
  private final List<EncodedFrame> frames = Clip.frames();
  private final long start;
  private int sent;
  private final MediaSender sender =
      new MediaSender(
          new SendParameters(
              new SendTrack(new TrackFormat(126, 127, true, "1"), 1, 2, 100, 1000),
              new SendTrack(new TrackFormat(111, TrackFormat.NONE, false, "0"), 3, 4, 200, 2000),
              new HeaderExtensions(3, 4),
              "sender",
              Instant.EPOCH));

  ClipSender(ManualLoop loop, FakeIce.Transport to) {
    this.loop = loop;
    this.to = to;
    this.start = loop.nanoTime();
  }

  /** Sends what is due up to this time of the clip, moving the clocks on. */
  void playTo(MediaTime end) {
    while (sent < frames.size() && frames.get(sent).time().isBefore(end)) {
      EncodedFrame frame = frames.get(sent++);
      long wait = start + frame.time().nanos() - loop.nanoTime();
      loop.advance(Duration.ofNanos(Math.max(0, wait)));
      sender.send(frame, this);
      if (sent % 30 == 10) {
        sender.report(this);
      }
      loop.settle();
    }
  }

  /** Frames that were sent. */
  List<EncodedFrame> sent() {
    return frames.subList(0, sent);
  }

  @Override
  public void rtp(byte[] buffer, int offset, int length) {
    to.deliver(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void rtcp(byte[] buffer, int offset, int length) {
    to.deliver(Arrays.copyOfRange(buffer, offset, offset + length));
  }
}
