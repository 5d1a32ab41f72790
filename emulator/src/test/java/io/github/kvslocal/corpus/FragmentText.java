package io.github.kvslocal.corpus;

import io.github.kvslocal.fragment.AvcConfiguration;
import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.ReceiverStatistics;
import io.github.kvslocal.rtp.TrackStatistics;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32;

/** What was recorded, as text that a person can read and compare. */
final class FragmentText {
  private final StringBuilder text = new StringBuilder();

  private FragmentText() {}

  static String of(Replay replay) {
    FragmentText whole = new FragmentText();
    replay.fragments().forEach(whole::fragment);
    ReceiverStatistics statistics = replay.statistics();
    whole.track(Track.VIDEO, statistics.video(), replay.dropped(Track.VIDEO));
    whole.track(Track.AUDIO, statistics.audio(), replay.dropped(Track.AUDIO));
    whole.line(
        "packets of no track %d, malformed %d",
        statistics.unknownPackets(), statistics.malformedPackets());
    return whole.text.toString();
  }

  private void fragment(Fragment fragment) {
    line(
        "fragment at %d ms of %d ms: %d pictures, %d of them key; %d packets of sound; %s",
        fragment.start().millis(),
        fragment.duration().toMillis(),
        fragment.frames().stream().filter(FragmentText::isPicture).count(),
        fragment.frames().stream().filter(frame -> isPicture(frame) && frame.keyFrame()).count(),
        fragment.frames().stream().filter(frame -> !isPicture(frame)).count(),
        fragment.gaps());
    fragment.video().ifPresent(this::configuration);
    fragment.frames().forEach(this::frame);
  }

  private static boolean isPicture(EncodedFrame frame) {
    return frame.track() == Track.VIDEO;
  }

  private void configuration(AvcConfiguration configuration) {
    ByteBuffer codecPrivate = configuration.codecPrivate();
    byte[] bytes = new byte[codecPrivate.remaining()];
    codecPrivate.get(bytes);
    line(
        "  %dx%d, private %s",
        configuration.width(), configuration.height(), HexFormat.of().formatHex(bytes));
  }

  private void frame(EncodedFrame frame) {
    CRC32 crc = new CRC32();
    crc.update(frame.data());
    line(
        "  %s %d ms%s, %d bytes, crc %08x%s",
        frame.track(),
        frame.time().millis(),
        isPicture(frame) && frame.keyFrame() ? " key" : "",
        frame.size(),
        crc.getValue(),
        frame.afterLoss() ? ", after loss" : "");
  }

  private void track(Track track, TrackStatistics statistics, long inNoFragment) {
    line("%s: %s; %d frames in no fragment", track, statistics, inNoFragment);
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
