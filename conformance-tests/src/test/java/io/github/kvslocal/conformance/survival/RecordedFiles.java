package io.github.kvslocal.conformance.survival;

import io.github.kvslocal.matroska.MalformedMatroskaException;
import io.github.kvslocal.matroska.MatroskaBlock;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.Track;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The directory of all recordings as a person finds it: a file that plays for each fragment. */
final class RecordedFiles {
  private final Path streams;

  RecordedFiles(Path streams) {
    this.streams = streams;
  }

  /** The names of the fragments that are there now. */
  List<String> names() throws IOException {
    return names(".mkv");
  }

  /** The names of files that were begun and not finished. */
  List<String> unfinished() throws IOException {
    return names(".unfinished");
  }

  /** The checksum of each fragment. */
  Map<String, Long> checksums() throws IOException {
    Map<String, Long> sums = new TreeMap<>();
    for (String name : names()) {
      CRC32 sum = new CRC32();
      sum.update(Files.readAllBytes(streams.resolve(name)));
      sums.put(name, sum.getValue());
    }
    return sums;
  }

  /**
   * How many pictures these fragments have together.
   *
   * @throws MalformedMatroskaException if one does not play
   */
  long pictures(Iterable<String> names) throws IOException, MalformedMatroskaException {
    long pictures = 0;
    for (String name : names) {
      List<MatroskaBlock> blocks =
          MatroskaReader.read(Files.readAllBytes(streams.resolve(name))).blocks();
      if (blocks.isEmpty()) {
        throw new IOException(name + " is empty");
      }
      pictures += pictures(blocks);
    }
    return pictures;
  }

  /** How many of these are pictures. */
  static long pictures(List<MatroskaBlock> blocks) {
    return blocks.stream().filter(block -> block.track() == Track.VIDEO.number()).count();
  }

  private List<String> names(String ending) throws IOException {
    List<String> names = new ArrayList<>();
    if (!Files.isDirectory(streams)) {
      return names;
    }
    try (Stream<Path> directories = Files.list(streams)) {
      for (Path directory : directories.filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.list(directory)) {
          files
              .map(file -> streams.relativize(file).toString())
              .filter(name -> name.endsWith(ending))
              .forEach(names::add);
        } catch (NoSuchFileException e) {
          // It went meanwhile.
        }
      }
    }
    return names;
  }
}
