package io.github.kvslocal.conformance.sdk;

/** An SDK that is ready to call; not for two threads at a time. */
public interface SdkClient extends AutoCloseable {
  /**
   * Calls and waits for the answer.
   *
   * @throws IllegalStateException if the SDK came back with neither an output nor an error of the
   *     service: it declined the input itself, or could not read the answer
   */
  SdkAnswer call(SdkCall call);

  @Override
  void close();
}
