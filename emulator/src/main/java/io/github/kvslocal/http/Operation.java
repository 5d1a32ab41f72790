package io.github.kvslocal.http;

import io.github.kvslocal.api.Action;
import io.github.kvslocal.api.Service;
import io.github.kvslocal.channel.RefusedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One row of the table of operations.
 *
 * @param action its service and its name in the service model
 * @param path as the service model has it, such as {@code /createSignalingChannel}
 * @param subject which members say what it is about
 * @param changes whether it changes the registry, which is then saved before the answer
 */
public record Operation(
    Action action, String path, Subject subject, boolean changes, Handler handler) {

  /** What an operation does. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers a call, now or later; quick, since all calls take turns. A refusal is thrown or is
     * what the stage fails with.
     */
    CompletionStage<Answer> perform(Call call) throws RefusedException;
  }

  /** A handler that has its answer at once. */
  @FunctionalInterface
  interface Immediate {
    Answer perform(Call call) throws RefusedException;
  }

  static Operation reading(Service service, String path, Subject subject, Immediate handler) {
    return new Operation(Action.ofPath(service, path), path, subject, false, atOnce(handler));
  }

  static Operation changing(Service service, String path, Subject subject, Immediate handler) {
    return new Operation(Action.ofPath(service, path), path, subject, true, atOnce(handler));
  }

  static Operation deciding(Service service, String path, Subject subject, Handler handler) {
    return new Operation(Action.ofPath(service, path), path, subject, false, handler);
  }

  Service service() {
    return action.service();
  }

  private static Handler atOnce(Immediate handler) {
    return call -> CompletableFuture.completedFuture(handler.perform(call));
  }
}
