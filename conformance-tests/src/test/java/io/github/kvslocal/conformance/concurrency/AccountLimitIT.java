package io.github.kvslocal.conformance.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.conformance.json.JsonAnswer;
import io.github.kvslocal.conformance.json.JsonClient;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An account has ten thousand channels and as many streams (service quotas of both guides). */
@NeedsClient(Client.EMULATOR)
class AccountLimitIT {
  private static final int MOST = 10_000;
  private static final int CLIENTS = 64;
  private static final int TIMEOUT_SECONDS = 120;

  @ParameterizedTest
  @EnumSource(Kind.class)
  void tenThousandFitAndAreListedAndOneMoreDoesNotFit(Kind kind, @TempDir Path folder)
      throws Exception {
    // The account of this test and the one of the channel that was made at the start are the same.
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, "first")) {
      JsonClient client = new JsonClient(emulator.endpoint());
      create(kind, client, MOST - 1);

      JsonAnswer oneMore = client.call(kind.path("create"), kind.creation("one-more"));
      JsonAnswer all = client.call(kind.listPath(), "{\"MaxResults\":" + MOST + "}");
      JsonAnswer deleted = client.call(kind.path("delete"), of(kind, all, "name-1"));
      JsonAnswer again = client.call(kind.path("create"), kind.creation("one-more"));

      assertThat(oneMore.status()).isEqualTo(400);
      assertThat(oneMore.error()).isEqualTo(kind.limitError());
      assertThat(all.body().path(kind.infoMember() + "List")).hasSize(MOST);
      assertThat(all.body().has("NextToken")).isFalse();
      assertThat(deleted.succeeded()).isTrue();
      assertThat(again.succeeded()).isTrue();
    }
  }

  private static void create(Kind kind, JsonClient client, int count) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<JsonAnswer>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ObjectNode creation = kind.creation("name-" + i);
        calls.add(() -> client.call(kind.path("create"), creation));
      }
      for (Future<JsonAnswer> created :
          threads.invokeAll(calls, TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        assertThat(created.get().succeeded()).as("%s", created.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static ObjectNode of(Kind kind, JsonAnswer list, String name) {
    for (var info : list.body().path(kind.infoMember() + "List")) {
      if (info.path(kind.nameMember()).asText().equals(name)) {
        return JsonNodeFactory.instance
            .objectNode()
            .put(kind.arnMember(), info.path(kind.arnMember()).asText());
      }
    }
    throw new IllegalStateException(name + " is not listed");
  }
}
