package io.github.kvslocal.conformance.rest;

import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import io.github.kvslocal.conformance.sdk.Access;
import io.github.kvslocal.conformance.sdk.Sdk;
import io.github.kvslocal.conformance.sdk.SdkClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The same table through every SDK: whatever language a user writes in, AWS looks the same. */
@NeedsClient(Client.EMULATOR)
class RestConformanceIT {
  private static final AtomicLong ACCOUNTS = new AtomicLong(100_000_000_000L);
  private static final List<String> REPORT = new ArrayList<>();
  private static Emulators emulators;
  private static Path logs;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    emulators = new Emulators(folder);
    logs = Files.createDirectories(folder.resolve("logs"));
  }

  @AfterAll
  static void stop() {
    emulators.close();
    REPORT.forEach(System.out::println);
  }

  @TestFactory
  Stream<DynamicTest> javaSdk() {
    return tests(Sdk.JAVA_V2);
  }

  @TestFactory
  @NeedsClient(Client.BOTO3)
  Stream<DynamicTest> boto3() {
    return tests(Sdk.BOTO3);
  }

  @TestFactory
  @NeedsClient({Client.NODE, Client.AWS_SDK_JS})
  Stream<DynamicTest> javaScriptSdk2() {
    return tests(Sdk.JS_V2);
  }

  @TestFactory
  @NeedsClient({Client.NODE, Client.AWS_SDK_JS})
  Stream<DynamicTest> javaScriptSdk3() {
    return tests(Sdk.JS_V3);
  }

  @TestFactory
  @NeedsClient(Client.BOTO3)
  Stream<DynamicTest> awsCli() {
    return tests(Sdk.AWS_CLI);
  }

  private static Stream<DynamicTest> tests(Sdk sdk) {
    List<Row> rows = RestTable.rows();
    SdkClient client = sdk.open(logs);
    report(sdk, rows);
    return rows.stream()
        .map(row -> DynamicTest.dynamicTest(row.title(), () -> run(row, sdk, client)))
        .onClose(client::close);
  }

  /** Once per SDK: how much was asked, and what was not and why. */
  private static void report(Sdk sdk, List<Row> rows) {
    Map<String, Long> excuses =
        rows.stream()
            .flatMap(row -> row.excuse(sdk).stream())
            .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()));
    long sent = rows.stream().filter(row -> row.excuse(sdk).isEmpty()).count();
    REPORT.add("REST conformance, %s: %d rows".formatted(sdk.title(), sent));
    excuses.forEach((reason, count) -> REPORT.add("  not sent: %d, %s".formatted(count, reason)));
  }

  private static void run(Row row, Sdk sdk, SdkClient client) {
    row.excuse(sdk).ifPresent(reason -> Assumptions.abort(sdk.title() + ": " + reason));
    try (World world = world(row)) {
      new RowRun(row, sdk, client, world).run();
    }
  }

  private static World world(Row row) {
    Row.Identity identity = row.identity();
    String account = "%012d".formatted(ACCOUNTS.incrementAndGet());
    Emulators.Running emulator = emulators.of(row.setting());
    return new World(
        emulator.client(),
        new Access(
            emulator.process().endpoint(),
            "us-east-1",
            identity.accessKey().isEmpty() ? account : identity.accessKey(),
            identity.secret(),
            identity.token()),
        emulator.tls());
  }
}
