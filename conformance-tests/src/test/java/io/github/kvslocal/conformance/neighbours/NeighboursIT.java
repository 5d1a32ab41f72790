package io.github.kvslocal.conformance.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.process.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The standalone jar behind other versions of its libraries: both work, each in its own version.
 * The neighbours come first on the class path, and nothing else of ours is on it.
 */
class NeighboursIT {
  private static final Path NEIGHBOURS = Path.of("target/neighbours").toAbsolutePath();
  private static final Path EMULATOR = Path.of("../emulator/target").toAbsolutePath();
  private static final String RELOCATED = "io.github.kvslocal.standalone.";

  @TempDir private static Path directory;
  private static Command.Outcome outcome;
  private static LoadedClasses loaded;
  private static String standalone;

  @BeforeAll
  static void recordBesideTheNeighbours() throws IOException {
    Path jar = standaloneJar();
    standalone = jar.getFileName().toString();
    List<String> path = new ArrayList<>();
    try (Stream<Path> jars = Files.list(NEIGHBOURS)) {
      jars.sorted().map(Path::toString).forEach(path::add);
    }
    path.add(jar.toString());
    path.add(Path.of("target/test-classes").toAbsolutePath().toString());
    Path log = directory.resolve("classes.log");

    outcome =
        Command.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Xlog:class+load=info:file=" + log,
                "-cp",
                String.join(File.pathSeparator, path),
                RecordingNeighbour.class.getName())
            .run(Duration.ofSeconds(90));
    loaded = LoadedClasses.read(log);
  }

  @Test
  void aFragmentIsRecordedBesideThem() {
    assertThat(outcome.output().lines())
        .as(outcome.errors())
        .contains("complaints=[]", "recorded=true");
    assertThat(outcome.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jackson=2.9.10",
        "json={\"door\":\"open\"}",
        "netty=ding",
        "sha256=ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
        "bouncycastle=BouncyCastle Security Provider v1.60",
        "kotlin=1.6.21",
        "jna=8",
        "slf4j=org.slf4j.impl.SimpleLoggerFactory"
      })
  void theNeighboursWorkInTheirOwnVersions(String line) {
    assertThat(outcome.output().lines()).as(outcome.errors()).contains(line);
  }

  @ParameterizedTest
  @CsvSource({
    "com.fasterxml.jackson.databind., jackson-databind-2.9.10.jar",
    "io.netty.buffer., netty-buffer-4.1.50.Final.jar",
    "org.bouncycastle., bcprov-jdk15on-1.60.jar",
    "org.slf4j.impl., slf4j-simple-1.7.36.jar",
    "com.sun.jna., jna-5.13.0.jar",
    "kotlin.collections., kotlin-stdlib-1.6.21.jar"
  })
  void whatTheNeighboursBringIsTakenFromThem(String packages, String jar) {
    assertThat(loaded.sources(packages)).containsExactly(jar);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.fasterxml.jackson.databind.",
        "com.typesafe.config.",
        "io.netty.buffer.",
        "io.vertx.core.",
        "org.bouncycastle.",
        "org.ice4j.",
        "org.jitsi.srtp.",
        "org.slf4j."
      })
  void oursComeFromTheStandaloneJarUnderNamesOfTheirOwn(String packages) {
    assertThat(loaded.sources(RELOCATED + packages)).containsExactly(standalone);
  }

  @Test
  void nothingOfOursIsTakenUnderItsFormerName() {
    assertThat(loaded.namesFrom(standalone))
        .isNotEmpty()
        .allMatch(name -> name.matches("(io\\.github\\.kvslocal|kotlin)\\..*"));
  }

  @Test
  void whatTheEmulatorLogsGoesToTheJdk() {
    assertThat(loaded.sources(RELOCATED + "org.slf4j.jul.")).containsExactly(standalone);
    assertThat(outcome.errors()).doesNotContain("SLF4J").contains("the neighbour logs");
  }

  private static Path standaloneJar() throws IOException {
    try (Stream<Path> jars = Files.list(EMULATOR)) {
      return jars.filter(jar -> jar.toString().endsWith("-standalone.jar"))
          .findFirst()
          .orElseThrow(
              () -> new IllegalStateException("no standalone jar in " + EMULATOR + "; package it"));
    }
  }
}
