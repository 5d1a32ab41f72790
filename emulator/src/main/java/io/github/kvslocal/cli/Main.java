package io.github.kvslocal.cli;

import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.StartException;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The command {@code kvslocal}; without a subcommand it serves. */
@Command(
    name = "kvslocal",
    description = "Local emulator of Amazon Kinesis Video Streams WebRTC storage sessions.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
public final class Main implements Callable<Integer> {
  /** Also what a usage that is not understood exits with. */
  static final int CANNOT_START = 2;

  /** Whoever sends SIGTERM waits two seconds. */
  private static final long CLOSING_MILLIS = 1_800;

  @Mixin private ServeOptions options = new ServeOptions();

  private Main() {}

  /** Runs until the process is told to end; exits with 2 if it cannot start. */
  public static void main(String[] arguments) {
    // Read when Vert.x is loaded: without this it asks the system for name servers at the start.
    System.setProperty("vertx.disableDnsResolver", "true");
    System.exit(commandLine(System.err, System.getenv()).execute(arguments));
  }

  /** What reads the command line, and serves. */
  static CommandLine commandLine(PrintStream err, Map<String, String> variables) {
    return new CommandLine(new Main())
        .addSubcommand(new Serve())
        .addSubcommand(new ExportCommand())
        .addSubcommand(new RehearseCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setDefaultValueProvider(new Environment(variables))
        .setExecutionStrategy(Main::execute)
        .setParameterExceptionHandler(
            (mistake, arguments) -> {
              err.println("kvslocal: " + Misuse.complaint(mistake, arguments, variables));
              return CANNOT_START;
            });
  }

  /** Options in front of a command would be read and forgotten. */
  private static int execute(ParseResult result) {
    if (result.hasSubcommand() && !result.matchedOptions().isEmpty()) {
      throw new ParameterException(
          result.commandSpec().commandLine(),
          "options go behind the command: kvslocal "
              + result.subcommand().commandSpec().name()
              + " "
              + result.matchedOptions().get(0).longestName());
    }
    Misuse.requireValues(result.hasSubcommand() ? result.subcommand() : result);
    return new RunLast().execute(result);
  }

  @Override
  public Integer call() throws InterruptedException {
    return serve(options);
  }

  /** The command {@code kvslocal serve}. */
  @Command(
      name = "serve",
      description = "Serves until it is told to end. This is what happens without a command.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  private static final class Serve implements Callable<Integer> {
    @Mixin private ServeOptions options = new ServeOptions();

    @Override
    public Integer call() throws InterruptedException {
      return serve(options);
    }
  }

  private static int serve(ServeOptions options) throws InterruptedException {
    LogSetup.install(options.logFormat());
    if (options.hasIdleCredentials()) {
      LoggerFactory.getLogger(Main.class)
          .warn(
              "--credentials are of no use without --require-signatures: any signature passes, and"
                  + " none");
    }
    KvsLocal emulator;
    try {
      emulator = KvsLocal.start(options.read());
    } catch (StartException e) {
      System.err.println("kvslocal: " + e.line());
      return CANNOT_START;
    } catch (IllegalArgumentException e) {
      System.err.println("kvslocal: " + e.getMessage());
      return CANNOT_START;
    }
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> closeInTime(emulator), "kvslocal-shutdown"));
    Banner.print(emulator, System.out);
    // The hook ends the process; a return from here would race with it.
    new CountDownLatch(1).await();
    return 0;
  }

  /** The process ends when this returns, whatever a disk that does not answer still holds up. */
  private static void closeInTime(KvsLocal emulator) {
    Thread closing = new Thread(emulator::close, "kvslocal-closing");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(CLOSING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"kvslocal " + number()};
    }

    static String number() {
      String version = Main.class.getPackage().getImplementationVersion();
      return version == null ? "(not packaged)" : version;
    }
  }
}
