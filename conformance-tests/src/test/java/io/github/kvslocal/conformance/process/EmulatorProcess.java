package io.github.kvslocal.conformance.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The emulator as its users have it: the executable jar, started on a free port with a data
 * directory of its own, and asked nothing but what its documents promise.
 */
public final class EmulatorProcess implements AutoCloseable {
  /** The line that ends the start: everything works from here on. */
  public static final String READY = "Ready.";

  private static final Path JAR_FILE = Path.of("../emulator/target/kvslocal.jar").toAbsolutePath();
  private static final String SCRIPT_FILE =
      Path.of("../emulator/kvslocal").toAbsolutePath().toString();
  private static final Pattern ENDPOINT = Pattern.compile("https?://[^ ]+:(\\d+)");
  private static final Duration START = Duration.ofSeconds(30);

  /** With the rehearsal of the first start after a build, which a busy machine makes long. */
  private static final Duration FIRST_START = Duration.ofSeconds(150);

  /** What the script says when it begins that. */
  private static final String REHEARSAL = "the first start after a build";

  private static final Duration STOP = Duration.ofSeconds(5);

  private final Process process;
  private final Path data;
  private final Path output;
  private final Path errors;
  private final int port;

  private EmulatorProcess(Process process, Path data, Path output, Path errors, int port) {
    this.process = process;
    this.data = data;
    this.output = output;
    this.errors = errors;
    this.port = port;
  }

  /** Why the emulator cannot be started here; empty if it can. */
  public static Optional<String> absence() {
    if (!Files.isRegularFile(JAR_FILE)) {
      return Optional.of("emulator/target/kvslocal.jar has not been built");
    }
    try (JarFile jar = new JarFile(JAR_FILE.toFile())) {
      String main = jar.getManifest().getMainAttributes().getValue("Main-Class");
      return jar.getEntry(main.replace('.', '/') + ".class") == null
          ? Optional.of("emulator/target/kvslocal.jar has no " + main)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("emulator/target/kvslocal.jar cannot be read: " + e);
    }
  }

  /** How it is started. */
  public enum Launch {
    /** {@code java -jar}, with the JVM's own defaults. */
    JAR,
    /** {@code emulator/kvslocal}, the script with the options that suit it. */
    SCRIPT;

    private List<String> words() {
      return this == JAR ? List.of(java(), "-jar", JAR_FILE.toString()) : List.of(SCRIPT_FILE);
    }
  }

  /** The command that starts the emulator on a free port, with this data directory and channel. */
  public static List<String> command(Path data, String channel) {
    return command(Launch.JAR, data, channel);
  }

  private static List<String> command(Launch launch, Path data, String channel) {
    return command(launch, data, List.of("--channel", channel));
  }

  private static List<String> command(Launch launch, Path data, List<String> options) {
    List<String> words = new ArrayList<>(launch.words());
    words.addAll(List.of("--port", "0", "--data", data.toString()));
    words.addAll(options);
    return words;
  }

  /** Starts the jar and waits for {@value #READY}, as {@link #start(Launch, Path, String)} does. */
  public static EmulatorProcess start(Path folder, String channel) {
    return start(Launch.JAR, folder, channel);
  }

  /**
   * Starts the jar with these options, on a free port and with no channel that they do not name,
   * and waits for {@value #READY}.
   *
   * @throws IllegalStateException if it does not say so within 30 seconds; the message holds its
   *     log
   */
  public static EmulatorProcess start(Path folder, List<String> options) {
    return start(Launch.JAR, folder, options);
  }

  /** The same, started in another way. */
  public static EmulatorProcess start(Launch launch, Path folder, List<String> options) {
    Path data = folder.resolve("data");
    return start(folder, data, command(launch, data, options));
  }

  /**
   * Starts the emulator and waits for {@value #READY}.
   *
   * @throws IllegalStateException if it does not say so within 30 seconds; the message holds its
   *     log
   */
  public static EmulatorProcess start(Launch launch, Path folder, String channel) {
    Path data = folder.resolve("data");
    return start(folder, data, command(launch, data, channel));
  }

  /**
   * Starts the jar in a mount namespace of its own, where all recordings lie on a tmpfs of this
   * size; {@link #seen} leads there. Waits for {@value #READY}.
   *
   * @throws IllegalStateException if it does not say so within 30 seconds; the message holds its
   *     log
   */
  public static EmulatorProcess startOnTmpfs(Path folder, int bytes, String channel) {
    Path data = folder.resolve("data");
    List<String> words =
        new ArrayList<>(
            List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mkdir -p \"$0/streams\" && mount -t tmpfs -o size=$1 tmpfs \"$0/streams\""
                    + " && shift && exec \"$@\"",
                data.toString(),
                Integer.toString(bytes)));
    words.addAll(command(Launch.JAR, data, List.of("--channel", channel)));
    return start(folder, data, words);
  }

  private static EmulatorProcess start(Path folder, Path data, List<String> command) {
    try {
      Files.createDirectories(data);
      Path output = folder.resolve("emulator.out");
      Path errors = folder.resolve("emulator.err");
      Process process = Command.of(command).start(output, errors);
      try {
        String banner = awaitReady(process, output, errors);
        Matcher endpoint = ENDPOINT.matcher(banner);
        if (!endpoint.find()) {
          throw new IllegalStateException("no endpoint in the banner: " + banner);
        }
        return new EmulatorProcess(
            process, data, output, errors, Integer.parseInt(endpoint.group(1)));
      } catch (RuntimeException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the emulator", e);
    }
  }

  /** Its one port, of TCP and of UDP. */
  public int port() {
    return port;
  }

  /** The id of its operating-system process. */
  public long pid() {
    return process.pid();
  }

  /** Where a client finds the control plane, without TLS. */
  public URI endpoint() {
    return URI.create("http://localhost:" + port);
  }

  /** Where a client finds the control plane, with TLS. */
  public URI secureEndpoint() {
    return URI.create("https://localhost:" + port);
  }

  /** The certificate of its own authority, PEM. */
  public Path authority() {
    return data.resolve("ca.pem");
  }

  /** All that it wrote to standard output until now. */
  public String banner() {
    return text(output);
  }

  /**
   * Waits until its log says this.
   *
   * @throws IllegalStateException if it does not in time; the message holds its log
   */
  public void awaitLog(String words, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!text(errors).contains(words)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "the log does not say '" + words + "' within " + patience + ": " + text(errors));
      }
      pause();
    }
  }

  /** Fetches a stream's recording as far as it is stored, while the emulator runs. */
  public Path fetch(String stream, Path file) throws IOException {
    URI recording = endpoint().resolve("/_kvslocal/streams/" + stream + "/recording.mkv");
    try (InputStream body = recording.toURL().openStream()) {
      Files.copy(body, file);
    }
    return file;
  }

  /** All that it logged until now. */
  public String log() {
    return text(errors);
  }

  /** Where a path of the emulator is seen by others, if it has mounts of its own. */
  public Path seen(Path path) {
    return Path.of("/proc/" + process.pid() + "/root" + path.toAbsolutePath());
  }

  /** Gives the tmpfs of {@link #startOnTmpfs} other options, such as "ro". */
  public void remount(String options) {
    Command.of(
            "nsenter",
            "--target=" + process.pid(),
            "--user",
            "--mount",
            "--preserve-credentials",
            "sh",
            "-c",
            // Busy as long as a file is open for writing.
            "until mount -o remount,$1 \"$0\"; do sleep 0.05; done",
            data.resolve("streams").toString(),
            options)
        .succeed(Duration.ofSeconds(20));
  }

  /** Ends the emulator with SIGTERM and returns how long that took. */
  public Duration stop() {
    long start = System.nanoTime();
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("SIGTERM did not end the emulator within " + STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while stopping the emulator", e);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Ends the emulator with SIGKILL: it can do nothing about it. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Exports a stream's whole recording with the command line; the emulator may have ended. */
  public Path export(String stream, Path file) {
    String exported =
        Command.of(
                java(),
                "-jar",
                JAR_FILE.toString(),
                "export",
                stream,
                file.toString(),
                "--data",
                data.toString())
            .succeed(Duration.ofSeconds(60));
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException("export made no file: " + exported);
    }
    return file;
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }

  private static String awaitReady(Process process, Path output, Path errors) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < patience(errors).toNanos()) {
      String banner = text(output);
      if (banner.lines().anyMatch(READY::equals)) {
        return banner;
      }
      if (!process.isAlive()) {
        break;
      }
      pause();
    }
    throw new IllegalStateException(
        "the emulator never became ready; it said: " + text(output) + text(errors));
  }

  private static Duration patience(Path errors) {
    return text(errors).contains(REHEARSAL) ? FIRST_START : START;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the emulator started", e);
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
