package io.github.kvslocal.cli;

import io.github.kvslocal.KvsLocalOptions;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whose data it is and where it lies: what every command has in common. */
final class PlaceOptions {
  @Option(
      names = "--data",
      paramLabel = "<directory>",
      defaultValue = "kvslocal-data",
      description = "Where everything is kept (KVSLOCAL_DATA; kvslocal-data).")
  private Path data = Path.of("kvslocal-data");

  @Option(
      names = "--account",
      paramLabel = "<12 digits>",
      defaultValue = "000000000000",
      description = "Of requests without a credential (KVSLOCAL_ACCOUNT; 000000000000).")
  private String account = "";

  @Option(
      names = "--region",
      paramLabel = "<region>",
      defaultValue = "us-east-1",
      description = "Of requests without a credential (KVSLOCAL_REGION; us-east-1).")
  private String region = "";

  KvsLocalOptions apply(KvsLocalOptions options) {
    return options.withDataDirectory(data).withOwner(account, region);
  }
}
