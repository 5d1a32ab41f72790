package io.github.kvslocal.conformance.rest;

import java.util.List;
import java.util.stream.Stream;

/** All rows. */
public final class RestTable {
  private RestTable() {}

  /** Family by family. */
  public static List<Row> rows() {
    return Stream.of(
            ChannelRows.rows(),
            StreamRows.rows(),
            ListRows.rows(),
            EndpointRows.rows(),
            TagRows.rows(),
            StorageRows.rows(),
            ConfigurationRows.rows(),
            EdgeRows.rows(),
            SessionRows.rows(),
            PlaybackRows.rows(),
            AccessRows.rows())
        .flatMap(List::stream)
        .toList();
  }
}
