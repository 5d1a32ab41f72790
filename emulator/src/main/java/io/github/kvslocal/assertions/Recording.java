package io.github.kvslocal.assertions;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.Gaps;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.journal.JournalQuery;
import io.github.kvslocal.matroska.MalformedMatroskaException;
import io.github.kvslocal.matroska.MatroskaFile;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.RecordingExport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What is recorded of a channel, for a test to wait for and to look at. Each method looks anew, and
 * reads as much as it tells; it throws an {@link UncheckedIOException} if what is stored cannot be
 * read, and an {@link IllegalStateException} on an event loop of the emulator's. Any other thread
 * may call it.
 */
public final class Recording {
  private final RecordingSource source;
  private final String name;
  private final Supplier<RecordingSource.Meant> meaning;

  Recording(RecordingSource source, String name, Supplier<RecordingSource.Meant> meaning) {
    this.source = source;
    this.name = name;
    this.meaning = meaning;
  }

  /** As it was asked for: the name of the channel or stream. */
  public String name() {
    return name;
  }

  /**
   * Waits until at least so many fragments are stored; they may be there already. Woken by the
   * fragments themselves, in the machine's time.
   *
   * @return this recording
   * @throws MissingMediaError if they do not come in time; it says how far the master came
   * @throws IllegalStateException if the thread is interrupted
   */
  public Recording awaitFragments(int atLeast, Duration timeout) {
    if (atLeast < 1) {
      throw new IllegalArgumentException(
          "%d fragments are there at once; wait for 1 or more".formatted(atLeast));
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      long seen = source.journal().newest();
      int stored = fragments().size();
      if (stored >= atLeast) {
        return this;
      }
      CompletableFuture<JournalEntry> next =
          source.journal().first(JournalQuery.of(Event.FRAGMENT_STORED).after(seen));
      try {
        JournalEntry unused =
            next.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        next.cancel(false);
        throw missing(atLeast, timeout);
      } catch (InterruptedException e) {
        next.cancel(false);
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for fragments of " + name, e);
      } catch (ExecutionException e) {
        throw new IllegalStateException("nobody fails it", e);
      }
    }
  }

  private MissingMediaError missing(int atLeast, Duration timeout) {
    RecordingSource.Meant meant = meaning.get();
    List<JournalEntry> entries =
        meant.channel().isEmpty()
            ? List.of()
            : source.journal().entries(JournalQuery.ANY.channel(meant.channel()));
    int stored = meant.stream().map(stream -> source.store().list(stream).size()).orElse(0);
    return new MissingMediaError(new Cause(name, meant, entries).message(stored, atLeast, timeout));
  }

  /** What is stored, oldest first; none if there is no such channel or stream. */
  public List<FragmentMetadata> fragments() {
    return meaning.get().stream().map(source.store()::list).orElse(List.of());
  }

  /** All pictures and packets of sound in the order of the recording; all are read into memory. */
  public List<RecordedFrame> frames() {
    List<RecordedFrame> frames = new ArrayList<>();
    meaning.get().stream()
        .ifPresent(
            stream ->
                source
                    .store()
                    .list(stream)
                    .forEach(fragment -> frames.addAll(framesOf(stream, fragment))));
    return List.copyOf(frames);
  }

  /** Those of a track. */
  public List<RecordedFrame> frames(Track track) {
    return frames().stream().filter(frame -> frame.track() == track).toList();
  }

  private List<RecordedFrame> framesOf(StreamArn stream, FragmentMetadata fragment) {
    try {
      Optional<byte[]> bytes = source.store().read(stream, fragment.number());
      if (bytes.isEmpty()) {
        return List.of();
      }
      MatroskaFile file = MatroskaReader.read(bytes.get());
      List<RecordedFrame> frames = new ArrayList<>();
      file.blocks()
          .forEach(
              block -> {
                Instant at = fragment.producerTime().plusMillis(block.timeMillis());
                for (Track track : Track.values()) {
                  if (track.number() == block.track()) {
                    frames.add(new RecordedFrame(track, at, block.keyFrame(), block.data()));
                  }
                }
              });
      return frames;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedMatroskaException e) {
      throw new UncheckedIOException(
          new IOException("fragment %s of %s is damaged".formatted(fragment.number(), stream), e));
    }
  }

  /** The pictures that decoding can start at, in the order of the recording. */
  public List<RecordedFrame> keyFrames() {
    return frames(Track.VIDEO).stream().filter(RecordedFrame::keyFrame).toList();
  }

  /** How much is recorded: all fragments together, without pauses between them. */
  public Duration duration() {
    return fragments().stream()
        .map(FragmentMetadata::duration)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** What the network took out of it: the gaps of all fragments together. */
  public Gaps gaps() {
    return fragments().stream()
        .map(FragmentMetadata::gaps)
        .reduce(
            Gaps.NONE,
            (one, other) ->
                new Gaps(
                    one.pictures() + other.pictures(),
                    one.pictureTime().plus(other.pictureTime()),
                    one.sounds() + other.sounds(),
                    one.soundTime().plus(other.soundTime())));
  }

  /**
   * Sound against picture.
   *
   * @throws MissingMediaError if either is missing
   */
  public Sync sync() {
    List<RecordedFrame> frames = frames();
    return new Sync(
        Duration.between(first(frames, Track.VIDEO), first(frames, Track.AUDIO)),
        Duration.between(last(frames, Track.VIDEO), last(frames, Track.AUDIO)));
  }

  private Instant first(List<RecordedFrame> frames, Track track) {
    return times(frames, track).stream()
        .min(Comparator.naturalOrder())
        .orElseThrow(() -> none(track));
  }

  private Instant last(List<RecordedFrame> frames, Track track) {
    return times(frames, track).stream()
        .max(Comparator.naturalOrder())
        .orElseThrow(() -> none(track));
  }

  private static List<Instant> times(List<RecordedFrame> frames, Track track) {
    return frames.stream().filter(frame -> frame.track() == track).map(RecordedFrame::at).toList();
  }

  private MissingMediaError none(Track track) {
    return new MissingMediaError(
        "the recording of %s has %d fragments and no %s; await fragments of a master that sends it"
            .formatted(name, fragments().size(), track == Track.AUDIO ? "sound" : "picture"));
  }

  /** How loud the sound is, packet by packet, decoded in one channel; empty if there is none. */
  public List<AudioLevel> audioLevels() {
    return new Loudness(source.codec()).of(frames(Track.AUDIO));
  }

  /**
   * Writes all of it as one Matroska file that can be sought in; a file that is there is replaced.
   *
   * @throws MissingMediaError if nothing is recorded
   */
  public void exportTo(Path file) {
    StreamArn stream =
        meaning.get().stream().orElseThrow(() -> missing(/* atLeast= */ 1, Duration.ZERO));
    try {
      RecordingExport export = RecordingExport.plan(source.store(), stream);
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        export.writeTo(out);
      }
    } catch (RefusedException e) {
      MissingMediaError nothing = missing(/* atLeast= */ 1, Duration.ZERO);
      nothing.initCause(e);
      throw nothing;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For a person to read. */
  @Override
  public String toString() {
    return "the recording of " + name;
  }
}
