package io.github.kvslocal.matroska;

import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a fragment as a Matroska file of its own.
 *
 * <p>Timestamps count from the fragment's start, in milliseconds of the session's timeline rounded
 * before they are subtracted: the producer timestamp plus the time in the file is the same, to the
 * millisecond, as the session's start plus the time in the session, so that files can be joined
 * without a seam. Tags come before the clusters, as in what GetMedia returns.
 */
public final class MatroskaWriter {
  /** A block's time counts from its cluster's in 16 bits with a sign. */
  private static final long LONGEST_CLUSTER_MILLIS = 30_000;

  private static final List<Integer> SOUGHT =
      List.of(ElementId.INFO, ElementId.TRACKS, ElementId.TAGS, ElementId.CUES);

  private final ElementWriter out;
  private final List<MatroskaFile.Cue> cues = new ArrayList<>();

  private MatroskaWriter(ElementWriter out) {
    this.out = out;
  }

  /** The file of a fragment, in an array that is made once: counted first, then written. */
  public static byte[] bytes(Fragment fragment, FragmentTags tags) {
    ElementWriter size = ElementWriter.counting();
    new MatroskaWriter(size).file(fragment, tags);
    ElementWriter out = new ElementWriter(size.length());
    new MatroskaWriter(out).file(fragment, tags);
    return out.toBytes();
  }

  private void file(Fragment fragment, FragmentTags tags) {
    SegmentHead head = new SegmentHead(out, SOUGHT);
    head.info((double) durationMillis(fragment), tags.producerTime());
    head.tracks(tracks(fragment));
    head.tags(tags.toMap());
    clusters(fragment, head.segment());
    head.cues(cues);
    out.close(head.segment());
  }

  /** The difference of rounded times, as the blocks' are. */
  public static long durationMillis(Fragment fragment) {
    return fragment.start().plus(fragment.duration()).millis() - fragment.start().millis();
  }

  private static List<MatroskaTrack> tracks(Fragment fragment) {
    List<MatroskaTrack> tracks = new ArrayList<>();
    fragment
        .video()
        .ifPresent(
            video ->
                tracks.add(SegmentHead.video(video.codecPrivate(), video.width(), video.height())));
    if (fragment.tracks().contains(Track.AUDIO)) {
      tracks.add(SegmentHead.audio());
    }
    return tracks;
  }

  private void clusters(Fragment fragment, int segment) {
    int cluster = 0;
    long clusterMillis = 0;
    boolean hasVideo = fragment.video().isPresent();
    for (EncodedFrame frame : fragment.frames()) {
      long millis = frame.time().millis() - fragment.start().millis();
      boolean first = cluster == 0 || millis - clusterMillis > LONGEST_CLUSTER_MILLIS;
      if (first) {
        if (cluster != 0) {
          out.close(cluster);
        }
        clusterMillis = millis;
        cluster = out.open(ElementId.CLUSTER);
        out.unsigned(ElementId.TIMESTAMP, millis);
      }
      boolean cued = hasVideo ? frame.track() == Track.VIDEO && frame.keyFrame() : first;
      if (cued) {
        int clusterPosition = cluster - ElementWriter.HEAD - segment;
        cues.add(
            new MatroskaFile.Cue(
                millis, frame.track().number(), clusterPosition, out.length() - cluster));
      }
      block(frame, millis - clusterMillis);
    }
    if (cluster != 0) {
      out.close(cluster);
    }
  }

  private void block(EncodedFrame frame, long millisInCluster) {
    out.id(ElementId.SIMPLE_BLOCK);
    out.size(4L + frame.size());
    out.number(1, 0x80 | frame.track().number());
    out.number(2, millisInCluster);
    out.number(1, frame.keyFrame() ? 0x80 : 0);
    out.raw(frame.data());
  }
}
