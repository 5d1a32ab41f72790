package io.github.kvslocal.conformance.rest;

/** How a call has to end. */
public sealed interface Expectation {
  /** A request in which nothing is wrong is declined, since the emulator cannot serve it yet. */
  Failure NOT_BUILT =
      new Failure(
          400,
          "InvalidArgumentException",
          "The request is valid, but kvslocal does not serve ",
          /* modelled= */ true);

  /**
   * It succeeds.
   *
   * @param pattern what the output has to have at least, as {@link JsonPattern} reads it
   */
  record Success(String pattern) implements Expectation {}

  /**
   * It is declined.
   *
   * @param status of HTTP
   * @param type the error's name
   * @param text what the message has to contain
   * @param modelled whether the service's model lists the error, so that SDKs have an exception for
   *     it
   */
  record Failure(int status, String type, String text, boolean modelled) implements Expectation {}
}
