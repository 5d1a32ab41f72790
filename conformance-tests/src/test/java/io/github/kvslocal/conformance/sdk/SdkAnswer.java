package io.github.kvslocal.conformance.sdk;

import com.fasterxml.jackson.databind.JsonNode;

/** What an SDK gave back to the program that called it. */
public sealed interface SdkAnswer {
  /** The way of the answer. */
  Receipt receipt();

  /**
   * What comes with every answer.
   *
   * @param status of HTTP
   * @param requestId empty if the SDK saw none
   * @param attempts how often the SDK asked
   */
  record Receipt(int status, String requestId, int attempts) {}

  /**
   * The operation was done.
   *
   * @param members times are seconds since the epoch; of a stream of bytes only the length is kept
   */
  record Output(JsonNode members, Receipt receipt) implements SdkAnswer {}

  /**
   * The operation was declined.
   *
   * @param type the error as the SDK names it
   * @param message as the SDK shows it
   */
  record Failure(String type, String message, Surface surface, Receipt receipt)
      implements SdkAnswer {}

  /** In what an error arrives at the program. */
  enum Surface {
    /** An exception that is made for this very error of this service. */
    MODELLED,
    /** The exception for every error that the SDK does not know, with a name in it. */
    GENERIC,
    /** This SDK has names only. */
    NAMED
  }
}
