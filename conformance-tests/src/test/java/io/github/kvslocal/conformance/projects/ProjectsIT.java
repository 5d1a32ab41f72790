package io.github.kvslocal.conformance.projects;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The projects under {@code projects/}, as users would have them: they depend on the installed
 * artifact and JUnit alone, and their four classes run at the same time. The local repository is
 * one of their own, which the first run fills from the registry.
 */
class ProjectsIT {
  private static final Path REPOSITORY = Path.of("target/user-repository").toAbsolutePath();
  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern JAR = Pattern.compile("kvslocal-(?<version>\\d[^/]*)\\.jar");

  /** The first run fetches everything. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static String version;

  @BeforeAll
  static void installTheArtifact() throws IOException {
    Path jar = thinJar();
    Matcher name = JAR.matcher(jar.getFileName().toString());
    assertThat(name.matches()).as("%s", jar).isTrue();
    version = name.group("version");
    install(HOUSE.resolve("pom.xml"), HOUSE.resolve("pom.xml"));
    install(jar, HOUSE.resolve("emulator/pom.xml"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"junit-5.10", "junit-5.14", "junit-6"})
  void aProjectsFourClassesPassAtTheSameTime(String project) {
    Path folder = Path.of("projects", project).toAbsolutePath();

    Command.Outcome outcome = maven(folder, "-Dkvslocal.version=" + version, "test");

    assertThat(outcome.code()).as(outcome.output() + outcome.errors()).isZero();
    assertThat(outcome.output())
        .containsPattern("Tests run: 5, Failures: 0, Errors: 0, Skipped: 0")
        .contains(
            "doorbell.DoorbellTest",
            "doorbell.ViewerLimitTest",
            "doorbell.BadNetworkTest",
            "doorbell.RecordingTest");
  }

  private static void install(Path file, Path pom) {
    Command.Outcome outcome =
        maven(
            REPOSITORY,
            "org.apache.maven.plugins:maven-install-plugin:3.2.0:install-file",
            "-Dfile=" + file,
            "-DpomFile=" + pom);
    assertThat(outcome.code()).as(outcome.output() + outcome.errors()).isZero();
  }

  private static Command.Outcome maven(Path folder, String... words) {
    List<String> command =
        new ArrayList<>(List.of("mvn", "-B", "-ntp", "-Dmaven.repo.local=" + REPOSITORY));
    command.addAll(List.of(words));
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder, e);
    }
    return Command.of(command).in(folder).run(PATIENCE);
  }

  private static Path thinJar() throws IOException {
    try (Stream<Path> jars = Files.list(HOUSE.resolve("emulator/target"))) {
      return jars.filter(jar -> jar.getFileName().toString().matches("kvslocal-\\d.*\\.jar"))
          .filter(jar -> !jar.toString().endsWith("-standalone.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("the emulator is not packaged"));
    }
  }
}
