package io.github.kvslocal.conformance.wire;

import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the tables: exact bytes in, a well-mannered answer out. */
@NeedsClient(Client.EMULATOR)
class WireRowsIT {
  private static EmulatorProcess emulator;
  private static Facts facts;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    emulator = EmulatorProcess.start(folder, "porch,other");
    facts = Facts.of(emulator.port());
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  static Stream<WireRow> rows() {
    return Stream.of(ClientRows.rows(), BodyRows.rows(), HeadRows.rows()).flatMap(rows -> rows);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void answerIsTheExpectedOneAndWellMannered(WireRow row) throws Exception {
    try (WireConnection connection = WireConnection.to(emulator.port())) {
      connection.send(row.request().bytes(facts));

      WireAnswer answer = connection.receive();

      row.expected().with(facts).check(answer);
      Manners.check(answer);
    }
  }
}
