package io.github.kvslocal.cli;

import io.github.kvslocal.KvsLocalOptions;
import io.github.kvslocal.KvsLocalOptions.LossyPictures;
import io.github.kvslocal.KvsLocalOptions.QuotaProfile;
import io.github.kvslocal.KvsLocalOptions.RecordedAudio;
import io.github.kvslocal.SignalingOptions;
import io.github.kvslocal.api.Credentials;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.signaling.SignalingLimits;
import io.github.kvslocal.signaling.SignalingLimits.OlderConnection;
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
      names = "--ephemeral",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Keep everything in memory, whatever --data says; it is gone with the emulator"
              + " (KVSLOCAL_EPHEMERAL; false).")
  private boolean ephemeral;

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
      names = "--recorded-audio",
      paramLabel = "mix|master",
      defaultValue = "mix",
      description =
          "What is stored of the sound: the mix of everybody while a viewer sends audio, or always"
              + " the master's own (KVSLOCAL_RECORDED_AUDIO; mix).")
  private RecordedAudio recordedAudio = RecordedAudio.MIX;

  @Option(
      names = "--lossy-pictures",
      paramLabel = "drop|keep",
      defaultValue = "drop",
      description =
          "What becomes of a master's picture that lost packets for good: it is not recorded, or"
              + " what came of it is (KVSLOCAL_LOSSY_PICTURES; drop).")
  private LossyPictures lossyPictures = LossyPictures.DROP;

  @Option(
      names = "--network",
      paramLabel = "<property=value,...>",
      description =
          "What the way to every participant does to media, as loss=3%%,delay=25ms,out.rate=2mbit:"
              + " loss, burst, delay, jitter, reorder, duplicate, rate and queue, both ways or"
              + " after in. or out., and seed (KVSLOCAL_NETWORK; nothing).")
  private String network = "";

  @Option(
      names = "--require-signatures",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Answer only what is signed with one of --credentials (KVSLOCAL_REQUIRE_SIGNATURES;"
              + " false).")
  private boolean requireSignatures;

  @Option(
      names = "--credentials",
      paramLabel = "<id:secret[:token]>",
      split = ",",
      description =
          "Whose signatures are good where they are required; may be repeated"
              + " (KVSLOCAL_CREDENTIALS, with commas).")
  private List<String> credentials = new ArrayList<>();

  @Option(
      names = "--deny",
      paramLabel = "<action[:channel]>",
      split = ",",
      description =
          "What nobody may do, as JoinStorageSession:door or 'Delete*'; may be repeated"
              + " (KVSLOCAL_DENY, with commas).")
  private List<String> denied = new ArrayList<>();

  @Option(
      names = "--admin-remote",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Let other machines administer it as well, by /_kvslocal/ (KVSLOCAL_ADMIN_REMOTE;"
              + " false).")
  private boolean adminRemote;

  @Option(
      names = "--quotas",
      paramLabel = "documented|off",
      defaultValue = "off",
      description = "How often operations may be called (KVSLOCAL_QUOTAS; off).")
  private QuotaProfile quotas = QuotaProfile.OFF;

  @Option(
      names = "--candidate-sdp-mid",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Give candidates of the storage session an sdpMid, which the service does not"
              + " (KVSLOCAL_CANDIDATE_SDP_MID; false).")
  private boolean candidateSdpMid;

  @Option(
      names = "--replaced-sockets",
      paramLabel = "close|leave",
      defaultValue = "close",
      description =
          "What becomes of a signaling socket when its participant opens another one"
              + " (KVSLOCAL_REPLACED_SOCKETS; close).")
  private OlderConnection replacedSockets = OlderConnection.CLOSE;

  @Mixin private SessionOptions session = new SessionOptions();

  @Option(
      names = "--socket-pings",
      paramLabel = "<seconds>",
      defaultValue = "0",
      description =
          "How often clients of the signaling socket are pinged, which keeps browsers from being"
              + " closed for idleness; 0 for never, as the service does it (KVSLOCAL_SOCKET_PINGS;"
              + " 0).")
  private int socketPings;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Of the log on stderr (KVSLOCAL_LOG_FORMAT; text).")
  private LogFormat logFormat = LogFormat.TEXT;

  LogFormat logFormat() {
    return logFormat;
  }

  /** Whether there are credentials that no signature is compared with. */
  boolean hasIdleCredentials() {
    return !requireSignatures && !withoutEmpty(credentials).isEmpty();
  }

  KvsLocalOptions read() {
    List<Credentials> signers = withoutEmpty(credentials).stream().map(Credentials::parse).toList();
    KvsLocalOptions options =
        place
            .apply(KvsLocalOptions.defaults())
            .withEphemeral(ephemeral)
            .withPort(port)
            .withTlsPort(tlsPort)
            .withChannels(withoutEmpty(channels))
            .withAdvertise(withoutEmpty(advertise))
            .withPublicUrl(publicUrl)
            .withFragmentLength(Duration.ofSeconds(fragmentSeconds))
            .withRecordedAudio(recordedAudio)
            .withLossyPictures(lossyPictures)
            .withNetwork(NetworkModel.parse(network))
            .withDenied(withoutEmpty(denied))
            .withQuotas(quotas)
            .withAdminRemote(adminRemote)
            .withSessionLimits(session.read())
            .withSignaling(
                SignalingOptions.DEFAULT
                    .withLimits(
                        SignalingLimits.DOCUMENTED
                            .withOlder(replacedSockets)
                            .withPings(Duration.ofSeconds(socketPings)))
                    .withCandidateSdpMid(candidateSdpMid));
    return requireSignatures ? options.withRequiredSignatures(signers) : options;
  }

  /** A comma too many names nothing. */
  private static List<String> withoutEmpty(List<String> texts) {
    return texts.stream().filter(text -> !text.isBlank()).toList();
  }
}
