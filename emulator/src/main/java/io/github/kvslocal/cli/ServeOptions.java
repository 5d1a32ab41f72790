package io.github.kvslocal.cli;

import io.github.kvslocal.KvsLocalOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code serve}; each can be given by an environment variable as well. */
final class ServeOptions {
  enum LogFormat {
    TEXT,
    JSON
  }

  @Option(
      names = "--port",
      paramLabel = "<port>",
      defaultValue = "4580",
      description = "TCP and UDP; 0 for any that is free (KVSLOCAL_PORT; 4580).")
  private int port;

  @Option(
      names = "--tls-port",
      paramLabel = "<port>",
      defaultValue = "-1",
      description = "A second port for TLS alone, such as 443 for the C SDK (KVSLOCAL_TLS_PORT).")
  private int tlsPort;

  @Mixin private PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--channel",
      paramLabel = "<name>",
      split = ",",
      description =
          "A channel that can be recorded at once, into a stream of the same name; may be repeated"
              + " (KVSLOCAL_CHANNEL, with commas).")
  private List<String> channels = new ArrayList<>();

  @Option(
      names = "--advertise",
      paramLabel = "<address>",
      split = ",",
      description =
          "An address at which clients reach the media port; may be repeated"
              + " (KVSLOCAL_ADVERTISE, with commas).")
  private List<String> advertise = new ArrayList<>();

  @Option(
      names = "--public-url",
      paramLabel = "<url>",
      description = "What returned URLs begin with (KVSLOCAL_PUBLIC_URL; as the request came in).")
  private String publicUrl = "";

  @Option(
      names = "--fragment-length",
      paramLabel = "<seconds>",
      defaultValue = "2",
      description = "What a stored fragment aims at, 1 to 20 (KVSLOCAL_FRAGMENT_LENGTH; 2).")
  private int fragmentSeconds;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Of the log on stderr (KVSLOCAL_LOG_FORMAT; text).")
  private LogFormat logFormat = LogFormat.TEXT;

  LogFormat logFormat() {
    return logFormat;
  }

  KvsLocalOptions read() {
    return place
        .apply(KvsLocalOptions.defaults())
        .withPort(port)
        .withTlsPort(tlsPort)
        .withChannels(withoutEmpty(channels))
        .withAdvertise(withoutEmpty(advertise))
        .withPublicUrl(publicUrl)
        .withFragmentLength(Duration.ofSeconds(fragmentSeconds));
  }

  /** A comma too many names nothing. */
  private static List<String> withoutEmpty(List<String> texts) {
    return texts.stream().filter(text -> !text.isBlank()).toList();
  }
}
