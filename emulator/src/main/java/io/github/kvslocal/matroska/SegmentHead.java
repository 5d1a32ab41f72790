package io.github.kvslocal.matroska;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what comes before the clusters: the EBML header, the segment's head, and the elements that
 * describe it, found by a SeekHead.
 */
final class SegmentHead {
  private static final String APPLICATION = "kvslocal";
  private static final int SAMPLES_PER_SECOND = 48_000;

  /** RFC 7845 section 4.6: a decoder has converged after 80 ms. */
  private static final Duration PRE_ROLL = Duration.ofMillis(80);

  private final ElementWriter out;
  private final int segment;
  private final Map<Integer, Integer> seekPositions = new LinkedHashMap<>();

  /** Writes the EBML header, opens the segment and makes room for a SeekHead to these elements. */
  SegmentHead(ElementWriter out, List<Integer> soughtIds) {
    this.out = out;
    int header = out.open(ElementId.EBML);
    out.unsigned(ElementId.EBML_VERSION, 1);
    out.unsigned(ElementId.EBML_READ_VERSION, 1);
    out.unsigned(ElementId.EBML_MAX_ID_LENGTH, 4);
    out.unsigned(ElementId.EBML_MAX_SIZE_LENGTH, 8);
    out.text(ElementId.DOC_TYPE, "matroska");
    out.unsigned(ElementId.DOC_TYPE_VERSION, 4);
    out.unsigned(ElementId.DOC_TYPE_READ_VERSION, 2);
    out.close(header);
    segment = out.open(ElementId.SEGMENT);
    int seekHead = out.open(ElementId.SEEK_HEAD);
    for (int id : soughtIds) {
      int seek = out.open(ElementId.SEEK);
      out.unsigned(ElementId.SEEK_ID, id & 0xffffffffL);
      seekPositions.put(id, out.wide(ElementId.SEEK_POSITION, 0));
      out.close(seek);
    }
    out.close(seekHead);
  }

  /** Where the segment's content begins in the file; positions count from here. */
  int segment() {
    return segment;
  }

  /** Tells the SeekHead that this element begins here. */
  void found(int id) {
    Integer position = seekPositions.get(id);
    if (position != null) {
      out.patch(position, out.length() - segment);
    }
  }

  void info(double durationMillis, Instant date) {
    found(ElementId.INFO);
    int info = out.open(ElementId.INFO);
    out.unsigned(ElementId.TIMESTAMP_SCALE, MatroskaReader.MILLISECOND);
    out.real(ElementId.DURATION, durationMillis);
    out.wide(ElementId.DATE_UTC, nanosSinceEpoch(date));
    out.text(ElementId.MUXING_APP, APPLICATION);
    out.text(ElementId.WRITING_APP, APPLICATION);
    out.close(info);
  }

  void tracks(List<MatroskaTrack> tracks) {
    found(ElementId.TRACKS);
    int content = out.open(ElementId.TRACKS);
    tracks.forEach(this::track);
    out.close(content);
  }

  void tags(Map<String, String> tags) {
    found(ElementId.TAGS);
    int content = out.open(ElementId.TAGS);
    int tag = out.open(ElementId.TAG);
    out.close(out.open(ElementId.TARGETS));
    tags.forEach(
        (name, value) -> {
          int simple = out.open(ElementId.SIMPLE_TAG);
          out.text(ElementId.TAG_NAME, name);
          out.text(ElementId.TAG_STRING, value);
          out.close(simple);
        });
    out.close(tag);
    out.close(content);
  }

  void cues(List<MatroskaFile.Cue> cues) {
    found(ElementId.CUES);
    int content = out.open(ElementId.CUES);
    for (MatroskaFile.Cue cue : cues) {
      int point = out.open(ElementId.CUE_POINT);
      out.unsigned(ElementId.CUE_TIME, cue.timeMillis());
      int positions = out.open(ElementId.CUE_TRACK_POSITIONS);
      out.unsigned(ElementId.CUE_TRACK, cue.track());
      out.wide(ElementId.CUE_CLUSTER_POSITION, cue.clusterPosition());
      out.unsigned(ElementId.CUE_RELATIVE_POSITION, cue.relativePosition());
      out.close(positions);
      out.close(point);
    }
    out.close(content);
  }

  static MatroskaTrack video(ByteBuffer codecPrivate, int width, int height) {
    return new MatroskaTrack(
        1, MatroskaTrack.AVC, codecPrivate, width, height, 0, Duration.ZERO, Duration.ZERO);
  }

  /**
   * Opus as WebRTC sends it: always announced with two channels (RFC 7587 section 7). A recording
   * begins in the middle of a stream, so there are no samples to skip and no delay to take off.
   */
  static MatroskaTrack audio() {
    // RFC 7845 section 5.1: version, channels, pre-skip, input rate, gain, mapping family
    ByteBuffer head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
    head.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 2);
    head.putShort((short) 0).putInt(SAMPLES_PER_SECOND).putShort((short) 0).put((byte) 0);
    return new MatroskaTrack(2, MatroskaTrack.OPUS, head.flip(), 0, 0, 2, Duration.ZERO, PRE_ROLL);
  }

  private void track(MatroskaTrack track) {
    boolean audio = track.channels() > 0;
    int entry = out.open(ElementId.TRACK_ENTRY);
    out.unsigned(ElementId.TRACK_NUMBER, track.number());
    out.unsigned(ElementId.TRACK_UID, track.number());
    out.unsigned(ElementId.TRACK_TYPE, audio ? 2 : 1);
    out.unsigned(ElementId.FLAG_LACING, 0);
    out.text(ElementId.LANGUAGE, "und");
    out.text(ElementId.CODEC_ID, track.codecId());
    out.binary(ElementId.CODEC_PRIVATE, track.codecPrivate());
    if (audio) {
      out.unsigned(ElementId.CODEC_DELAY, track.codecDelay().toNanos());
      out.unsigned(ElementId.SEEK_PRE_ROLL, track.seekPreRoll().toNanos());
      int sound = out.open(ElementId.AUDIO);
      out.real(ElementId.SAMPLING_FREQUENCY, SAMPLES_PER_SECOND);
      out.unsigned(ElementId.CHANNELS, track.channels());
      out.close(sound);
    } else {
      int picture = out.open(ElementId.VIDEO);
      out.unsigned(ElementId.PIXEL_WIDTH, track.width());
      out.unsigned(ElementId.PIXEL_HEIGHT, track.height());
      out.close(picture);
    }
    out.close(entry);
  }

  /** Dates that a file cannot hold, centuries away, become the nearest one that it can. */
  private static long nanosSinceEpoch(Instant date) {
    long millis = date.toEpochMilli() - MatroskaReader.EPOCH.toEpochMilli();
    long most = Long.MAX_VALUE / MatroskaReader.MILLISECOND;
    return Math.max(-most, Math.min(millis, most)) * MatroskaReader.MILLISECOND;
  }
}
