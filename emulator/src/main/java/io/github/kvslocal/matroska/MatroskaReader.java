package io.github.kvslocal.matroska;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads files as {@link MatroskaWriter} and {@link MatroskaJoin} write them: sizes known, a scale
 * of one millisecond, simple blocks without lacing. Elements that it does not know are skipped. The
 * file that it returns shares its bytes with the input.
 */
public final class MatroskaReader {
  /** DateUTC counts nanoseconds from here (RFC 8794 section 7.6). */
  static final Instant EPOCH = Instant.parse("2001-01-01T00:00:00Z");

  static final long MILLISECOND = 1_000_000;

  private static final long LONGEST_TIME_MILLIS = Duration.ofDays(36_500).toMillis();
  private static final int MOST_TRACKS = 126;

  private double durationMillis;
  private Instant date = EPOCH;
  private final List<MatroskaTrack> tracks = new ArrayList<>();
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final List<MatroskaFile.Cluster> clusters = new ArrayList<>();
  private final List<MatroskaFile.Cue> cues = new ArrayList<>();
  private final List<MatroskaFile.Seek> seeks = new ArrayList<>();
  private int segmentContent;

  private MatroskaReader() {}

  /** Reads a whole file, which must not be changed afterwards. */
  public static MatroskaFile read(byte[] file) throws MalformedMatroskaException {
    return new MatroskaReader().file(ByteBuffer.wrap(file));
  }

  /**
   * Whether a file is as long as it says of itself; what is in it is not looked at.
   *
   * @param head the first 128 bytes of the file, or all if there are fewer
   * @param size of the whole file in bytes
   */
  public static boolean isWhole(byte[] head, int size) {
    ElementReader top = ElementReader.ofHead(ByteBuffer.wrap(head), size);
    try {
      if (!top.advance() || top.id() != ElementId.EBML || top.end() > head.length) {
        return false;
      }
      header(top.children());
      return top.advance() && top.id() == ElementId.SEGMENT && top.end() == size;
    } catch (MalformedMatroskaException e) {
      return false;
    }
  }

  private MatroskaFile file(ByteBuffer bytes) throws MalformedMatroskaException {
    ElementReader top = new ElementReader(bytes);
    if (!top.advance() || top.id() != ElementId.EBML) {
      throw new MalformedMatroskaException("the file begins with no EBML header");
    }
    header(top.children());
    if (!top.advance() || top.id() != ElementId.SEGMENT) {
      throw new MalformedMatroskaException("no segment follows the header");
    }
    segmentContent = top.content();
    segment(top.children());
    return new MatroskaFile(durationMillis, date, tracks, tags, clusters, cues, seeks);
  }

  private static void header(ElementReader header) throws MalformedMatroskaException {
    String docType = "";
    while (header.advance()) {
      if (header.id() == ElementId.DOC_TYPE) {
        docType = header.text();
      }
    }
    if (!docType.equals("matroska")) {
      throw new MalformedMatroskaException("the document type is not matroska");
    }
  }

  private void segment(ElementReader segment) throws MalformedMatroskaException {
    while (segment.advance()) {
      switch (segment.id()) {
        case ElementId.SEEK_HEAD -> seekHead(segment.children());
        case ElementId.INFO -> info(segment.children());
        case ElementId.TRACKS -> tracks(segment.children());
        case ElementId.TAGS -> tags(segment.children());
        case ElementId.CLUSTER -> cluster(segment);
        case ElementId.CUES -> cues(segment.children());
        default -> {}
      }
    }
  }

  private void seekHead(ElementReader seekHead) throws MalformedMatroskaException {
    while (seekHead.advance()) {
      ElementReader seek = seekHead.children();
      int id = 0;
      long position = 0;
      while (seek.advance()) {
        switch (seek.id()) {
          case ElementId.SEEK_ID -> id = (int) seek.unsigned();
          case ElementId.SEEK_POSITION -> position = seek.unsigned();
          default -> {}
        }
      }
      seeks.add(new MatroskaFile.Seek(id, position));
    }
  }

  private void info(ElementReader info) throws MalformedMatroskaException {
    while (info.advance()) {
      switch (info.id()) {
        case ElementId.TIMESTAMP_SCALE -> {
          if (info.unsigned() != MILLISECOND) {
            throw new MalformedMatroskaException("the timestamp scale is not a millisecond");
          }
        }
        case ElementId.DURATION -> durationMillis = duration(info.real());
        case ElementId.DATE_UTC -> date = date(info.signed());
        default -> {}
      }
    }
  }

  private static double duration(double millis) throws MalformedMatroskaException {
    if (!(millis >= 0 && millis <= LONGEST_TIME_MILLIS)) {
      throw new MalformedMatroskaException("the duration is no time");
    }
    return millis;
  }

  private static Instant date(long nanos) throws MalformedMatroskaException {
    try {
      return EPOCH.plusNanos(nanos);
    } catch (DateTimeException | ArithmeticException e) {
      throw new MalformedMatroskaException("the date is out of range");
    }
  }

  private void tracks(ElementReader entries) throws MalformedMatroskaException {
    while (entries.advance()) {
      if (entries.id() == ElementId.TRACK_ENTRY) {
        if (tracks.size() == MOST_TRACKS) {
          throw new MalformedMatroskaException("there are too many tracks");
        }
        tracks.add(track(entries.children()));
      }
    }
  }

  private static MatroskaTrack track(ElementReader entry) throws MalformedMatroskaException {
    int number = 0;
    String codecId = "";
    ByteBuffer codecPrivate = ByteBuffer.allocate(0);
    int[] size = new int[2];
    int channels = 0;
    long codecDelay = 0;
    long seekPreRoll = 0;
    while (entry.advance()) {
      switch (entry.id()) {
        case ElementId.TRACK_NUMBER -> number = entry.unsigned(MOST_TRACKS);
        case ElementId.CODEC_ID -> codecId = entry.text();
        case ElementId.CODEC_PRIVATE -> codecPrivate = entry.binary();
        case ElementId.CODEC_DELAY -> codecDelay = entry.unsigned();
        case ElementId.SEEK_PRE_ROLL -> seekPreRoll = entry.unsigned();
        case ElementId.VIDEO -> size = pictureSize(entry.children());
        case ElementId.AUDIO -> channels = channels(entry.children());
        default -> {}
      }
    }
    return new MatroskaTrack(
        number,
        codecId,
        codecPrivate,
        size[0],
        size[1],
        channels,
        Duration.ofNanos(codecDelay),
        Duration.ofNanos(seekPreRoll));
  }

  private static int[] pictureSize(ElementReader video) throws MalformedMatroskaException {
    int[] size = new int[2];
    while (video.advance()) {
      switch (video.id()) {
        case ElementId.PIXEL_WIDTH -> size[0] = video.unsigned(0xffff);
        case ElementId.PIXEL_HEIGHT -> size[1] = video.unsigned(0xffff);
        default -> {}
      }
    }
    return size;
  }

  private static int channels(ElementReader audio) throws MalformedMatroskaException {
    int channels = 1;
    while (audio.advance()) {
      if (audio.id() == ElementId.CHANNELS) {
        channels = audio.unsigned(255);
      }
    }
    return channels;
  }

  private void tags(ElementReader tagElements) throws MalformedMatroskaException {
    while (tagElements.advance()) {
      ElementReader tag = tagElements.children();
      while (tag.advance()) {
        if (tag.id() == ElementId.SIMPLE_TAG) {
          simpleTag(tag.children());
        }
      }
    }
  }

  private void simpleTag(ElementReader simpleTag) throws MalformedMatroskaException {
    String name = "";
    String value = "";
    while (simpleTag.advance()) {
      switch (simpleTag.id()) {
        case ElementId.TAG_NAME -> name = simpleTag.text();
        case ElementId.TAG_STRING -> value = simpleTag.text();
        default -> {}
      }
    }
    tags.put(name, value);
  }

  private void cluster(ElementReader cluster) throws MalformedMatroskaException {
    ElementReader inside = cluster.children();
    if (!inside.advance() || inside.id() != ElementId.TIMESTAMP) {
      throw new MalformedMatroskaException("a cluster does not begin with its timestamp");
    }
    long timeMillis = inside.unsigned();
    if (timeMillis > LONGEST_TIME_MILLIS) {
      throw new MalformedMatroskaException("a cluster is later than any recording");
    }
    int body = inside.end();
    List<MatroskaFile.Positioned> blocks = new ArrayList<>();
    while (inside.advance()) {
      if (inside.id() == ElementId.SIMPLE_BLOCK) {
        int position = inside.start() - cluster.content();
        blocks.add(new MatroskaFile.Positioned(position, block(inside.binary(), timeMillis)));
      }
    }
    clusters.add(
        new MatroskaFile.Cluster(
            cluster.start() - segmentContent, body, cluster.end(), timeMillis, blocks));
  }

  // RFC 9559 section 10.2:  1xxxxxxx track | int16 time in the cluster | K000ILLD | frame
  private static MatroskaBlock block(ByteBuffer block, long clusterMillis)
      throws MalformedMatroskaException {
    if (block.remaining() < 4 || (block.get(0) & 0x80) == 0 || (block.get(3) & 0x06) != 0) {
      throw new MalformedMatroskaException("a block has no plain header");
    }
    return new MatroskaBlock(
        block.get(0) & 0x7f,
        clusterMillis + block.getShort(1),
        (block.get(3) & 0x80) != 0,
        block.slice(4, block.limit() - 4));
  }

  private void cues(ElementReader points) throws MalformedMatroskaException {
    while (points.advance()) {
      ElementReader point = points.children();
      long time = 0;
      while (point.advance()) {
        switch (point.id()) {
          case ElementId.CUE_TIME -> time = point.unsigned();
          case ElementId.CUE_TRACK_POSITIONS -> cues.add(cue(time, point.children()));
          default -> {}
        }
      }
    }
  }

  private static MatroskaFile.Cue cue(long time, ElementReader positions)
      throws MalformedMatroskaException {
    int track = 0;
    long cluster = 0;
    long relative = 0;
    while (positions.advance()) {
      switch (positions.id()) {
        case ElementId.CUE_TRACK -> track = positions.unsigned(MOST_TRACKS);
        case ElementId.CUE_CLUSTER_POSITION -> cluster = positions.unsigned();
        case ElementId.CUE_RELATIVE_POSITION -> relative = positions.unsigned();
        default -> {}
      }
    }
    return new MatroskaFile.Cue(time, track, cluster, relative);
  }
}
