package io.github.kvslocal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.api.ServiceError;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.Tags;
import java.time.Instant;
import java.util.List;

/** Calls operations as a request would, without sockets. */
final class RouteCalls {
  static final Owner OWNER = new Owner("000000000000", "us-east-1");
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private final List<Operation> operations;
  private Instant now = NOW;

  RouteCalls(List<Operation> operations) {
    this.operations = operations;
  }

  /** A stream of {@link #OWNER} that keeps its media for so many hours. */
  static MediaStream stream(Registry registry, String name, int hours) throws RefusedException {
    return stream(registry, OWNER, name, hours);
  }

  static MediaStream stream(Registry registry, Owner owner, String name, int hours)
      throws RefusedException {
    return registry.createStream(owner, name, MediaStream.Settings.keeping(hours), Tags.NONE, NOW);
  }

  void setNow(Instant moment) {
    now = moment;
  }

  /** What a body, with apostrophes for quotes, is answered. */
  JsonNode answer(String path, String body) throws Exception {
    return answer(path, body, OWNER);
  }

  JsonNode answer(String path, String body, Owner owner) throws Exception {
    Call call =
        new Call(
            Members.parse(body.replace('\'', '"').getBytes(UTF_8)),
            owner,
            ReturnedUrls.fixed("http://kvs.example:4580"),
            now);
    Answer answer = operation(path).handler().perform(call).toCompletableFuture().join();
    return new ObjectMapper().readTree(answer.bytes());
  }

  /** How a body is declined, as {@code InvalidArgumentException: what was wrong}. */
  String refusal(String path, String body) {
    return refusal(path, body, OWNER);
  }

  String refusal(String path, String body, Owner owner) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> answer(path, body, owner));
    if (refused == null) {
      return "accepted";
    }
    ServiceError error = ServiceError.of(operation(path).service(), refused.reason());
    return error.code() + ": " + refused.explanation();
  }

  private Operation operation(String path) {
    return operations.stream().filter(row -> row.path().equals(path)).findFirst().orElseThrow();
  }
}
