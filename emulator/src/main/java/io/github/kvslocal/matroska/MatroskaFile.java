package io.github.kvslocal.matroska;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of this package, read.
 *
 * @param durationMillis as its Info says; 0 if it does not
 * @param date the instant of timestamp 0
 * @param tags simple tags by name; the last of a name counts
 * @param clusters in the order of the file
 * @param cues in the order of the file
 * @param seeks where its SeekHead says that elements are
 */
public record MatroskaFile(
    double durationMillis,
    Instant date,
    List<MatroskaTrack> tracks,
    Map<String, String> tags,
    List<Cluster> clusters,
    List<Cue> cues,
    List<Seek> seeks) {

  /**
   * Blocks behind a common timestamp.
   *
   * @param position from the start of the segment's content, as cues count
   * @param body where in the file its blocks begin
   * @param end where in the file it ends
   */
  public record Cluster(
      long position, int body, int end, long timeMillis, List<Positioned> blocks) {}

  /**
   * A block and where its element is.
   *
   * @param position from the start of its cluster's content, as cues count
   */
  public record Positioned(int position, MatroskaBlock block) {}

  /** A point to start decoding at; its positions count as those of clusters and blocks do. */
  public record Cue(long timeMillis, int track, long clusterPosition, long relativePosition) {}

  /** The position of an element from the start of the segment's content. */
  public record Seek(int elementId, long position) {}

  /** All blocks in the order of the file. */
  public List<MatroskaBlock> blocks() {
    return clusters.stream()
        .flatMap(cluster -> cluster.blocks().stream())
        .map(Positioned::block)
        .toList();
  }

  /** The track with this number, if the file has it. */
  public Optional<MatroskaTrack> track(int number) {
    return tracks.stream().filter(track -> track.number() == number).findFirst();
  }
}
