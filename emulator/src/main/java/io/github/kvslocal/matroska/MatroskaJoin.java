package io.github.kvslocal.matroska;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes one file that can be sought in out of the files of many fragments, without holding more
 * than one of them: every file is planned, then the head is taken, then every file is given again
 * for its part of the result. Blocks are copied bit for bit.
 *
 * <p>The timeline is that of the producer timestamps, so a pause between two sessions stays a
 * pause; a file that would overlap what comes before it is moved behind it. The result has every
 * track of any file. Where the parameter sets change, the first file's stand in the head and the
 * others are in band.
 */
public final class MatroskaJoin {
  private static final List<Integer> SOUGHT =
      List.of(ElementId.INFO, ElementId.TRACKS, ElementId.CUES);

  /** Identifier, size and a number of eight bytes. */
  private static final int TIMESTAMP_BYTES = 1 + 1 + 8;

  private static final int CLUSTER_BYTES = ElementWriter.HEAD + TIMESTAMP_BYTES;

  private final List<Part> parts = new ArrayList<>();
  private final Map<Integer, MatroskaTrack> tracks = new LinkedHashMap<>();
  private final List<PlannedCue> cues = new ArrayList<>();
  private Instant start = Instant.EPOCH;
  private long nextMillis;
  private double durationMillis;
  private long clustersSize;

  /**
   * A planned file.
   *
   * @param shiftMillis what its times become later by
   * @param size of its clusters in the result
   */
  private record Part(long shiftMillis, long size) {}

  /** A cue whose cluster's position counts from the first cluster. */
  private record PlannedCue(long millis, int track, long cluster, long position) {}

  /**
   * Plans the next file, whose first millisecond was at {@code producerTime}. A file that is
   * declined leaves the plan as it was.
   */
  public void plan(Instant producerTime, byte[] file) throws MalformedMatroskaException {
    MatroskaFile read = readable(file);
    if (parts.isEmpty()) {
      start = producerTime;
    }
    long first = times(read).min(Comparator.naturalOrder()).orElse(0L);
    long last = times(read).max(Comparator.naturalOrder()).orElse(0L);
    long wanted = Duration.between(start, producerTime).toMillis();
    long shift = Math.max(wanted, nextMillis - first);
    nextMillis = shift + last + 1;
    durationMillis =
        Math.max(durationMillis, shift + Math.max(read.durationMillis(), (double) last));
    read.tracks().forEach(track -> tracks.putIfAbsent(track.number(), track));
    boolean hasVideo = read.track(1).isPresent();
    long size = 0;
    for (MatroskaFile.Cluster cluster : read.clusters()) {
      planCues(cluster, hasVideo, shift, clustersSize + size);
      size += CLUSTER_BYTES + cluster.end() - cluster.body();
    }
    clustersSize += size;
    parts.add(new Part(shift, size));
  }

  /** The size of the result in bytes, head included. */
  public long size() {
    return header().length + clustersSize;
  }

  /** The result up to its first cluster, when all files are planned; there must be one. */
  public byte[] header() {
    if (parts.isEmpty()) {
      throw new IllegalStateException("nothing is planned");
    }
    int length = header(0).length;
    return header(length);
  }

  /** The clusters of the planned file with this index, from 0, given again. */
  public byte[] part(int index, byte[] file) throws MalformedMatroskaException {
    Part part = parts.get(index);
    MatroskaFile read = readable(file);
    long size = 0;
    for (MatroskaFile.Cluster cluster : read.clusters()) {
      size += CLUSTER_BYTES + cluster.end() - cluster.body();
    }
    if (size != part.size()) {
      throw new MalformedMatroskaException("the file is not the one that was planned");
    }
    ElementWriter out = new ElementWriter(Math.toIntExact(size));
    for (MatroskaFile.Cluster cluster : read.clusters()) {
      out.open(ElementId.CLUSTER, TIMESTAMP_BYTES + cluster.end() - cluster.body());
      out.wide(ElementId.TIMESTAMP, cluster.timeMillis() + part.shiftMillis());
      out.raw(ByteBuffer.wrap(file, cluster.body(), cluster.end() - cluster.body()));
    }
    return out.toBytes();
  }

  private byte[] header(int headerLength) {
    ElementWriter out = new ElementWriter(1024 + 64 * cues.size());
    SegmentHead head = new SegmentHead(out, SOUGHT);
    head.info(durationMillis, start);
    head.tracks(
        tracks.values().stream().sorted(Comparator.comparing(MatroskaTrack::number)).toList());
    int firstCluster = headerLength - head.segment();
    head.cues(
        cues.stream()
            .map(
                cue ->
                    new MatroskaFile.Cue(
                        cue.millis(), cue.track(), firstCluster + cue.cluster(), cue.position()))
            .toList());
    out.patch(head.segment() - 8, 1L << 56 | (out.length() - head.segment() + clustersSize));
    return out.toBytes();
  }

  private void planCues(
      MatroskaFile.Cluster cluster, boolean hasVideo, long shift, long clusterOffset) {
    int bodyPosition = cluster.blocks().get(0).position();
    boolean first = true;
    for (MatroskaFile.Positioned positioned : cluster.blocks()) {
      MatroskaBlock block = positioned.block();
      if (hasVideo ? block.track() == 1 && block.keyFrame() : first) {
        int position = TIMESTAMP_BYTES + positioned.position() - bodyPosition;
        cues.add(
            new PlannedCue(block.timeMillis() + shift, block.track(), clusterOffset, position));
      }
      first = false;
    }
  }

  private static MatroskaFile readable(byte[] file) throws MalformedMatroskaException {
    MatroskaFile read = MatroskaReader.read(file);
    if (read.clusters().isEmpty()
        || read.clusters().stream().anyMatch(cluster -> cluster.blocks().isEmpty())) {
      throw new MalformedMatroskaException("there are no frames in the file");
    }
    if (times(read).anyMatch(time -> time < 0)) {
      throw new MalformedMatroskaException("a frame is earlier than the start of its file");
    }
    return read;
  }

  private static Stream<Long> times(MatroskaFile file) {
    return file.clusters().stream()
        .flatMap(cluster -> cluster.blocks().stream())
        .map(positioned -> positioned.block().timeMillis());
  }
}
