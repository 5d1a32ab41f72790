package io.github.kvslocal;

import io.github.kvslocal.KvsLocalOptions.LossyPictures;
import io.github.kvslocal.KvsLocalOptions.QuotaProfile;
import io.github.kvslocal.KvsLocalOptions.RecordedAudio;
import io.github.kvslocal.api.Credentials;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.session.SessionLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What an emulator in a test is told before it starts. By default it takes any free port and keeps
 * everything in memory, so that any number of them live side by side. Every method throws an {@link
 * IllegalArgumentException} that says what is wrong with a value, and returns this builder.
 */
public final class KvsLocalBuilder {
  private KvsLocalOptions options = KvsLocalOptions.defaults().withPort(0).withEphemeral(true);

  KvsLocalBuilder() {}

  /**
   * Keeps everything in a directory, which is made if it is absent and which no other emulator uses
   * meanwhile; by default everything is kept in memory and gone with the emulator.
   */
  public KvsLocalBuilder dataDirectory(Path directory) {
    options = options.withDataDirectory(directory).withEphemeral(false);
    return this;
  }

  /**
   * The TCP port for REST and sockets, and the UDP port for media; 0 to 65535, 0 (the default) for
   * any number that is free on both.
   */
  public KvsLocalBuilder port(int other) {
    options = options.withPort(other);
    return this;
  }

  /**
   * A second TCP port that speaks TLS alone, which the KVS C SDK wants at 443; 0 to 65535, 0 for
   * any that is free, {@link KvsLocalOptions#NO_PORT} (the default) for none.
   */
  public KvsLocalBuilder tlsPort(int other) {
    options = options.withTlsPort(other);
    return this;
  }

  /**
   * The account, 12 digits, and the region, 1 to 64 characters of {@code [a-z0-9-]}, of requests
   * without a credential that says otherwise; 000000000000 and us-east-1 by default.
   */
  public KvsLocalBuilder owner(String account, String region) {
    options = options.withOwner(account, region);
    return this;
  }

  /**
   * The channels that can be recorded from the first moment on and after every reset, each into a
   * stream of the same name; 1 to 256 characters of {@code [a-zA-Z0-9_.-]} each, none by default.
   */
  public KvsLocalBuilder channels(String... names) {
    options = options.withChannels(List.of(names));
    return this;
  }

  /**
   * The addresses, {@code ADDRESS[:PORT]}, at which clients reach the media port, in place of this
   * machine's own, which are the default.
   */
  public KvsLocalBuilder advertise(String... addresses) {
    options = options.withAdvertise(List.of(addresses));
    return this;
  }

  /**
   * What returned URLs begin with, {@code http[s]://HOST[:PORT]}; by default as each request came
   * in.
   */
  public KvsLocalBuilder publicUrl(String url) {
    options = options.withPublicUrl(url);
    return this;
  }

  /** What a stored fragment aims at, 1 to 20 seconds; 2 by default. */
  public KvsLocalBuilder fragmentLength(Duration length) {
    options = options.withFragmentLength(length);
    return this;
  }

  /** What policy time goes with until it is advanced; the system's clock by default. */
  public KvsLocalBuilder timeSource(InstantSource source) {
    options = options.withClock(source);
    return this;
  }

  /**
   * Answers only what is signed with one of these, at least one; by default any signature or none
   * will do.
   */
  public KvsLocalBuilder requiredSignatures(List<Credentials> signers) {
    options = options.withRequiredSignatures(signers);
    return this;
  }

  /**
   * What nobody may do, {@code ACTION[:CHANNEL]} with wildcards, such as {@code Delete*}; nothing
   * by default.
   */
  public KvsLocalBuilder denied(String... rules) {
    options = options.withDenied(List.of(rules));
    return this;
  }

  /**
   * How often operations may be called, by the second of policy time; as often as one likes by
   * default.
   */
  public KvsLocalBuilder quotas(QuotaProfile profile) {
    options = options.withQuotas(profile);
    return this;
  }

  /**
   * How many viewers a storage session has, 0 to 100, and how long everything in it lasts, up to
   * 365 days; as documented by default.
   */
  public KvsLocalBuilder sessionLimits(SessionLimits limits) {
    options = options.withSessionLimits(limits);
    return this;
  }

  /** What is stored of the sound of a storage session; the mix of everybody by default. */
  public KvsLocalBuilder recordedAudio(RecordedAudio sound) {
    options = options.withRecordedAudio(sound);
    return this;
  }

  /** What becomes of a master's picture that lost packets for good; it is dropped by default. */
  public KvsLocalBuilder lossyPictures(LossyPictures fate) {
    options = options.withLossyPictures(fate);
    return this;
  }

  /**
   * What the way to every participant does to media, on top of what the real network does; nothing
   * by default.
   */
  public KvsLocalBuilder network(NetworkModel model) {
    options = options.withNetwork(model);
    return this;
  }

  /** How the signaling sockets behave; as documented by default. */
  public KvsLocalBuilder signaling(SignalingOptions sockets) {
    options = options.withSignaling(sockets);
    return this;
  }

  /** What was said so far, for an emulator that is started later. */
  public KvsLocalOptions options() {
    return options;
  }

  /**
   * Starts an emulator and returns when it is ready.
   *
   * @throws StartException if a port, the data directory or an option is not usable
   */
  public KvsLocal start() throws StartException {
    return KvsLocal.start(options);
  }
}
