package io.github.kvslocal.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.matroska.MatroskaReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** What the extension does for the tests of {@link Lessons}. */
class KvsLocalExtensionIT {
  @TempDir private Path failures;

  @BeforeEach
  void forget() {
    Lessons.HAD.clear();
  }

  @Test
  void testsOfAClassHaveOneAfterTheOtherAFreshEmulator() {
    EngineExecutionResults results = run(Lessons.Annotated.class);

    results.testEvents().assertStatistics(its -> its.started(3).succeeded(3));
    assertThat(had("first", "second", "nested")).hasSize(1);
    assertThatNobodyListens();
  }

  @Test
  void fieldsEmulatorHasItsOptions() {
    EngineExecutionResults results = run(Lessons.Registered.class);

    results.testEvents().assertStatistics(its -> its.started(1).succeeded(1));
    assertThatNobodyListens();
  }

  @Test
  void outsideOfATestThereIsNoEmulator() {
    KvsLocalExtension extension = KvsLocalExtension.builder().build();

    assertThatIllegalStateException()
        .isThrownBy(extension::emulator)
        .withMessageStartingWith("no test runs that has an emulator;");
  }

  @Test
  void fieldOfAnInstanceHasAnEmulatorUntilItsTestEnds() {
    EngineExecutionResults results = run(Lessons.OfInstance.class);

    results.testEvents().assertStatistics(its -> its.started(1).succeeded(1));
    assertThatNobodyListens();
  }

  @Test
  void testsAtTheSameTimeHaveDifferentEmulators() {
    EngineExecutionResults results = run(Lessons.Parallel.class);

    results.testEvents().assertStatistics(its -> its.started(2).succeeded(2));
    assertThat(had("left", "right")).hasSize(2);
    assertThatNobodyListens();
  }

  @Test
  void sharedEmulatorServesAllClassesUntilTheRunEnds() {
    EngineExecutionResults results = run(Lessons.SharedOnce.class, Lessons.SharedTwice.class);

    results.testEvents().assertStatistics(its -> its.started(2).succeeded(2));
    assertThat(had("sharedBefore", "sharedOnce", "sharedTwice")).hasSize(1);
    assertThatNobodyListens();
  }

  @Test
  void constructorIsToldThatNoTestHasBegun() {
    EngineExecutionResults results = run(Lessons.TooEarly.class);

    assertThat(failure(results, "never()"))
        .hasMessageContaining("KvsLocal is of a test, and no test has begun here");
  }

  @Test
  void failureNamesTheDirectoryThatItLeft() throws Exception {
    EngineExecutionResults results = run(Lessons.Failing.class);

    Path left = failures.resolve("Lessons_Failing").resolve("fails");
    assertThat(failure(results, "fails(KvsLocal)"))
        .hasMessage("after the test")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .endsWith(" are in " + left));
    assertThat(left.resolve("journal.txt")).exists();
    assertThat(reported(results)).contains(left.toString());
    assertThatNobodyListens();
  }

  @Test
  void failureLeavesJournalSdpAndRecording() throws Exception {
    EngineExecutionResults results = run(Lessons.Recorded.class);

    assertThat(failure(results, "recordsAndFails(KvsLocal)")).hasMessage("to see what it leaves");
    Path left = failures.resolve("Lessons_Recorded").resolve("recordsAndFails");
    assertThat(left.resolve("journal.txt")).content().contains(" connected door/master: ");
    assertThat(namesIn(left.resolve("sdp")))
        .anyMatch(name -> name.endsWith("-SDP_OFFER-door-master.sdp"))
        .anyMatch(name -> name.endsWith("-SDP_ANSWER-door-master.sdp"));
    assertThat(MatroskaReader.read(Files.readAllBytes(left.resolve("door.mkv"))).blocks())
        .isNotEmpty();
  }

  @Test
  void everyInvocationOfATestHasADirectoryOfItsOwn() throws Exception {
    EngineExecutionResults results = run(Lessons.Failing.class);

    results.testEvents().assertStatistics(its -> its.started(3).failed(3));
    assertThat(namesIn(failures.resolve("Lessons_Failing")))
        .containsExactlyInAnyOrder("fails", "failsOften-1", "failsOften-2");
  }

  @Test
  void formerRunsDirectoryIsReplaced() throws Exception {
    Path left = failures.resolve("Lessons_Failing").resolve("fails");
    Files.createDirectories(left);
    Files.writeString(left.resolve("stale.txt"), "of yesterday");

    EngineExecutionResults results = run(Lessons.Failing.class);

    results.testEvents().assertStatistics(its -> its.failed(3));
    assertThat(namesIn(left)).contains("journal.txt").doesNotContain("stale.txt");
  }

  @Test
  void testThatIsCalledOffLeavesNothing() throws Exception {
    EngineExecutionResults results = run(Lessons.CalledOff.class);

    results.testEvents().assertStatistics(its -> its.aborted(1));
    assertThat(namesIn(failures)).isEmpty();
  }

  private EngineExecutionResults run(Class<?>... classes) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
        .configurationParameter("kvslocal.failures", failures.toString())
        .selectors(
            Arrays.stream(classes).map(type -> selectClass(type)).toArray(DiscoverySelector[]::new))
        .execute();
  }

  private static Set<KvsLocal> had(String... tests) {
    return Stream.of(tests).map(Lessons.HAD::get).collect(Collectors.toSet());
  }

  private static void assertThatNobodyListens() {
    assertThat(Lessons.HAD).isNotEmpty();
    assertThat(Lessons.HAD.values())
        .allSatisfy(
            emulator -> assertThat(Lessons.listens(emulator.endpoint())).as("open").isFalse());
  }

  private static Throwable failure(EngineExecutionResults results, String test) {
    return results
        .testEvents()
        .failed()
        .filter(event -> event.getTestDescriptor().getDisplayName().equals(test))
        .findFirst()
        .orElseThrow()
        .getRequiredPayload(TestExecutionResult.class)
        .getThrowable()
        .orElseThrow();
  }

  private static List<String> reported(EngineExecutionResults results) {
    return results
        .allEvents()
        .reportingEntryPublished()
        .map((Event event) -> event.getRequiredPayload(ReportEntry.class))
        .flatMap(entry -> entry.getKeyValuePairs().values().stream())
        .toList();
  }

  private static List<String> namesIn(Path directory) throws Exception {
    try (Stream<Path> inside = Files.list(directory)) {
      return inside.map(path -> path.getFileName().toString()).toList();
    }
  }
}
