package io.github.kvslocal.http;

import io.github.kvslocal.api.Service;
import io.github.kvslocal.channel.RefusedException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One row of the table of operations.
 *
 * @param path as the service model has it, such as {@code /createSignalingChannel}
 * @param changes whether it changes the registry, which is then saved before the answer
 */
public record Operation(Service service, String path, boolean changes, Action action) {

  /** The name in the service model, which the path tells: CreateStream, GetIceServerConfig. */
  String name() {
    return nameOf(path);
  }

  static String nameOf(String path) {
    StringBuilder name = new StringBuilder();
    for (String word : path.substring(path.lastIndexOf('/') + 1).split("-", -1)) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name.toString();
  }

  /** What an operation does. */
  @FunctionalInterface
  public interface Action {
    /**
     * Answers a call, now or later; quick, since all calls take turns. A refusal is thrown or is
     * what the stage fails with.
     */
    CompletionStage<Answer> perform(Call call) throws RefusedException;
  }

  /** An action that has its answer at once. */
  @FunctionalInterface
  interface Immediate {
    Answer perform(Call call) throws RefusedException;
  }

  static Operation reading(Service service, String path, Immediate action) {
    return new Operation(service, path, false, atOnce(action));
  }

  static Operation changing(Service service, String path, Immediate action) {
    return new Operation(service, path, true, atOnce(action));
  }

  static Operation deciding(Service service, String path, Action action) {
    return new Operation(service, path, false, action);
  }

  private static Action atOnce(Immediate action) {
    return call -> CompletableFuture.completedFuture(action.perform(call));
  }
}
