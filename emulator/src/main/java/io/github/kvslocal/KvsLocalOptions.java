package io.github.kvslocal;

import io.github.kvslocal.api.Credentials;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.http.HttpApi;
import io.github.kvslocal.ice.AdvertisedAddress;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.session.SessionLimits;
import io.github.kvslocal.signaling.SignalingLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What an emulator can be told at its start.
 *
 * @param port TCP for REST and sockets, UDP for media; 0 for any that is free
 * @param tlsPort a second TCP port that speaks TLS alone, which the KVS C SDK wants at 443; {@link
 *     #NO_PORT} for none
 * @param dataDirectory where everything is kept; made if it is absent
 * @param ephemeral whether everything is kept in memory instead and gone with the emulator
 * @param account 12 digits; of requests without a credential that says otherwise
 * @param region of requests without a credential
 * @param channels names of channels that can be recorded from the first moment, each into a stream
 *     of the same name
 * @param advertise addresses, {@code ADDRESS[:PORT]}, at which clients reach the media port; they
 *     replace this machine's own where there are any
 * @param publicUrl what returned URLs begin with; empty to derive it from each request
 * @param fragmentLength what a stored fragment aims at, one to twenty seconds
 * @param clock what policy time goes with, until it is advanced
 * @param requireSignatures whether requests have to be signed by somebody of the credentials;
 *     otherwise any or none will do
 * @param credentials of those who may sign
 * @param denied what nobody may do, {@code ACTION[:CHANNEL]} with wildcards, such as {@code
 *     JoinStorageSession:door} or {@code Delete*}
 * @param quotas how often operations may be called
 * @param sessionLimits how many viewers a storage session has, and how long everything in it lasts
 * @param recordedAudio what is stored of the sound of a storage session
 * @param lossyPictures what becomes of a master's picture that lost packets for good
 * @param network what the way to every participant does to media, on top of what the real network
 *     does
 * @param signaling how the signaling sockets behave
 * @param adminRemote whether other machines may administer it, too, by {@code /_kvslocal/}
 */
public record KvsLocalOptions(
    int port,
    int tlsPort,
    Path dataDirectory,
    boolean ephemeral,
    String account,
    String region,
    List<String> channels,
    List<String> advertise,
    String publicUrl,
    Duration fragmentLength,
    InstantSource clock,
    boolean requireSignatures,
    List<Credentials> credentials,
    List<String> denied,
    QuotaProfile quotas,
    SessionLimits sessionLimits,
    RecordedAudio recordedAudio,
    LossyPictures lossyPictures,
    NetworkModel network,
    SignalingOptions signaling,
    boolean adminRemote) {

  /** Which quotas of the service hold. */
  public enum QuotaProfile {
    /** None, so that tests may be as quick as they can. */
    OFF,
    /** The documented rates, by account and by channel or stream. */
    DOCUMENTED
  }

  /** What is stored of the sound of a storage session. */
  public enum RecordedAudio {
    /** The mix of everybody while a viewer sends audio, the master's packets otherwise. */
    MIX,
    /** The master's packets, whoever talks. */
    MASTER
  }

  /** What becomes of a picture that lost packets which nobody sends again. */
  public enum LossyPictures {
    /** It is not recorded, so that every recorded picture is as it was sent. */
    DROP,
    /** What came of it is recorded, never as a key frame: a decoder may conceal the rest. */
    KEEP
  }

  /** The port that is asked for by default. */
  public static final int DEFAULT_PORT = 4580;

  /** AWS does not say how long the fragments of a storage session are. */
  public static final Duration DEFAULT_FRAGMENT_LENGTH = Duration.ofSeconds(2);

  /** Stands for a port that is not opened. */
  public static final int NO_PORT = -1;

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern CHANNEL = Pattern.compile("[a-zA-Z0-9_.-]{1,256}");

  public KvsLocalOptions {
    require(port >= 0 && port <= 65_535, "the port must be 0 to 65535, but is " + port);
    require(
        tlsPort >= NO_PORT && tlsPort <= 65_535,
        "the TLS port must be 0 to 65535, but is " + tlsPort);
    require(
        tlsPort <= 0 || tlsPort != port,
        "the TLS port must be another than the port, which speaks TLS already");
    require(ACCOUNT.matcher(account).matches(), "an account has 12 digits, unlike " + account);
    require(REGION.matcher(region).matches(), "not a region: " + region);
    channels.forEach(KvsLocalOptions::requireChannelName);
    require(
        fragmentLength.compareTo(Duration.ofSeconds(1)) >= 0
            && fragmentLength.compareTo(Duration.ofSeconds(20)) <= 0,
        "the fragment length must be 1 to 20 seconds, but is " + fragmentLength.toSeconds());
    advertise.forEach(AdvertisedAddress::parse);
    if (!publicUrl.isEmpty()) {
      HttpApi.requirePublicUrl(publicUrl);
    }
    require(
        !requireSignatures || !credentials.isEmpty(),
        "signatures can be required only of somebody: give credentials, ID:SECRET[:TOKEN], as"
            + " well");
    channels = List.copyOf(channels);
    advertise = List.copyOf(advertise);
    credentials = List.copyOf(credentials);
    denied = List.copyOf(denied);
  }

  static void requireChannelName(String name) {
    require(
        CHANNEL.matcher(name).matches(),
        "a channel's name has 1 to 256 characters of [a-zA-Z0-9_.-], unlike " + name);
  }

  /** Who asks without a credential. */
  Owner owner() {
    return new Owner(account, region);
  }

  private static void require(boolean good, String complaint) {
    if (!good) {
      throw new IllegalArgumentException(complaint);
    }
  }

  /** What is used where nothing is said. */
  public static KvsLocalOptions defaults() {
    return new KvsLocalOptions(
        DEFAULT_PORT,
        NO_PORT,
        Path.of("kvslocal-data"),
        false,
        "000000000000",
        "us-east-1",
        List.of(),
        List.of(),
        "",
        DEFAULT_FRAGMENT_LENGTH,
        InstantSource.system(),
        false,
        List.of(),
        List.of(),
        QuotaProfile.OFF,
        SessionLimits.DOCUMENTED,
        RecordedAudio.MIX,
        LossyPictures.DROP,
        NetworkModel.PERFECT,
        SignalingOptions.DEFAULT,
        false);
  }

  /** The same with another port. */
  public KvsLocalOptions withPort(int other) {
    return edit(draft -> draft.port = other);
  }

  /** The same with a port for TLS alone. */
  public KvsLocalOptions withTlsPort(int other) {
    return edit(draft -> draft.tlsPort = other);
  }

  /** The same with another data directory. */
  public KvsLocalOptions withDataDirectory(Path other) {
    return edit(draft -> draft.dataDirectory = other);
  }

  /** The same, but everything is kept in memory and gone with the emulator. */
  public KvsLocalOptions withEphemeral(boolean other) {
    return edit(draft -> draft.ephemeral = other);
  }

  /** The same for another account and region. */
  public KvsLocalOptions withOwner(String otherAccount, String otherRegion) {
    return edit(
        draft -> {
          draft.account = otherAccount;
          draft.region = otherRegion;
        });
  }

  /** The same with these channels. */
  public KvsLocalOptions withChannels(List<String> others) {
    return edit(draft -> draft.channels = others);
  }

  /** The same with these advertised addresses. */
  public KvsLocalOptions withAdvertise(List<String> others) {
    return edit(draft -> draft.advertise = others);
  }

  /** The same with another public URL. */
  public KvsLocalOptions withPublicUrl(String other) {
    return edit(draft -> draft.publicUrl = other);
  }

  /** The same with another fragment length. */
  public KvsLocalOptions withFragmentLength(Duration other) {
    return edit(draft -> draft.fragmentLength = other);
  }

  /** The same with another clock for policy time. */
  public KvsLocalOptions withClock(InstantSource other) {
    return edit(draft -> draft.clock = other);
  }

  /** The same, and requests have to be signed with one of these credentials. */
  public KvsLocalOptions withRequiredSignatures(List<Credentials> others) {
    return edit(
        draft -> {
          draft.requireSignatures = true;
          draft.credentials = others;
        });
  }

  /** The same with these denials. */
  public KvsLocalOptions withDenied(List<String> others) {
    return edit(draft -> draft.denied = others);
  }

  /** The same with other quotas. */
  public KvsLocalOptions withQuotas(QuotaProfile other) {
    return edit(draft -> draft.quotas = other);
  }

  /** The same with other limits of storage sessions. */
  public KvsLocalOptions withSessionLimits(SessionLimits other) {
    return edit(draft -> draft.sessionLimits = other);
  }

  /** The same with other sound stored. */
  public KvsLocalOptions withRecordedAudio(RecordedAudio other) {
    return edit(draft -> draft.recordedAudio = other);
  }

  /** The same with another fate of pictures that lost packets. */
  public KvsLocalOptions withLossyPictures(LossyPictures other) {
    return edit(draft -> draft.lossyPictures = other);
  }

  /** The same over another network. */
  public KvsLocalOptions withNetwork(NetworkModel other) {
    return edit(draft -> draft.network = other);
  }

  /**
   * The limits of the signaling sockets: their rates are quotas, too, and as many viewers as a
   * session takes have to reach it.
   */
  SignalingLimits signalingLimits() {
    SignalingLimits limits = signaling.limits().withViewersAtLeast(sessionLimits.viewers());
    return switch (quotas) {
      case OFF -> limits;
      case DOCUMENTED -> limits.withRatesEnforced(true);
    };
  }

  /** The same with signaling sockets that behave otherwise. */
  public KvsLocalOptions withSignaling(SignalingOptions other) {
    return edit(draft -> draft.signaling = other);
  }

  /** The same, administered by other machines as well or not. */
  public KvsLocalOptions withAdminRemote(boolean other) {
    return edit(draft -> draft.adminRemote = other);
  }

  /** The same but for a change; what comes of it is checked as any other. */
  private KvsLocalOptions edit(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.done();
  }

  /** The components while one of them is changed. */
  private static final class Draft {
    private int port;
    private int tlsPort;
    private Path dataDirectory;
    private boolean ephemeral;
    private String account;
    private String region;
    private List<String> channels;
    private List<String> advertise;
    private String publicUrl;
    private Duration fragmentLength;
    private InstantSource clock;
    private boolean requireSignatures;
    private List<Credentials> credentials;
    private List<String> denied;
    private QuotaProfile quotas;
    private SessionLimits sessionLimits;
    private RecordedAudio recordedAudio;
    private LossyPictures lossyPictures;
    private NetworkModel network;
    private SignalingOptions signaling;
    private boolean adminRemote;

    Draft(KvsLocalOptions from) {
      port = from.port;
      tlsPort = from.tlsPort;
      dataDirectory = from.dataDirectory;
      ephemeral = from.ephemeral;
      account = from.account;
      region = from.region;
      channels = from.channels;
      advertise = from.advertise;
      publicUrl = from.publicUrl;
      fragmentLength = from.fragmentLength;
      clock = from.clock;
      requireSignatures = from.requireSignatures;
      credentials = from.credentials;
      denied = from.denied;
      quotas = from.quotas;
      sessionLimits = from.sessionLimits;
      recordedAudio = from.recordedAudio;
      lossyPictures = from.lossyPictures;
      network = from.network;
      signaling = from.signaling;
      adminRemote = from.adminRemote;
    }

    KvsLocalOptions done() {
      return new KvsLocalOptions(
          port,
          tlsPort,
          dataDirectory,
          ephemeral,
          account,
          region,
          channels,
          advertise,
          publicUrl,
          fragmentLength,
          clock,
          requireSignatures,
          credentials,
          denied,
          quotas,
          sessionLimits,
          recordedAudio,
          lossyPictures,
          network,
          signaling,
          adminRemote);
    }
  }
}
