package io.github.kvslocal.conformance.rest;

/** The errors of the five services, with their statuses and what is known of their texts. */
final class Errors {
  /** The name of the error for who asks too often. */
  static final String THROTTLED = "ClientLimitExceededException";

  private Errors() {}

  /** A member or a combination of members is wrong; the message names it. */
  static Expectation.Failure invalid(String text) {
    return error("InvalidArgumentException", text);
  }

  static Expectation.Failure noChannel() {
    return noResource("The requested channel is not found or not active.");
  }

  static Expectation.Failure noStream() {
    return noResource("The requested stream is not found or not active.");
  }

  static Expectation.Failure noResource(String text) {
    return new Expectation.Failure(404, "ResourceNotFoundException", text, true);
  }

  static Expectation.Failure inUse(String text) {
    return error("ResourceInUseException", text);
  }

  static Expectation.Failure otherVersion() {
    return error("VersionMismatchException", "");
  }

  static Expectation.Failure noRetention() {
    return error("NoDataRetentionException", "");
  }

  static Expectation.Failure tooManyTags() {
    return error("TagsPerResourceExceededLimitException", "50");
  }

  /** An error with the status that nearly all have. */
  static Expectation.Failure error(String type, String text) {
    return new Expectation.Failure(400, type, text, true);
  }
}
