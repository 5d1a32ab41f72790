package io.github.kvslocal.conformance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.sdk.JavaOperation;
import io.github.kvslocal.conformance.sdk.Service;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table itself is in order. */
class RestTableTest {
  @Test
  void theOperationsOfTheTableAreThoseThatTheSdkWasGeneratedFrom() {
    for (Service service : Service.values()) {
      List<JavaOperation> modelled = JavaOperation.all(service);
      List<Row.Call> ours =
          Operations.all().stream().filter(call -> call.service() == service).toList();

      assertThat(ours).hasSameSizeAs(modelled);
      assertThat(modelled)
          .allSatisfy(
              operation -> assertThat(ours).anyMatch(call -> operation.isCalled(call.operation())));
    }
  }

  @Test
  void noSentenceIsSaidTwice() {
    assertThat(RestTable.rows()).extracting(Row::sentence).doesNotHaveDuplicates();
  }

  @Test
  void everyRowTellsItsSource() {
    assertThat(RestTable.rows())
        .allSatisfy(row -> assertThat(row.evidence().source()).as(row.sentence()).isNotBlank());
  }
}
