package io.github.kvslocal.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What an answer has to be.
 *
 * @param status its HTTP status
 * @param error the type of the error; empty text for a success
 * @param fragments texts that its body holds
 */
record Expected(int status, String error, List<String> fragments) {

  /** Status 200 and a body that holds these texts. */
  static Expected success(String... fragments) {
    return new Expected(200, "", List.of(fragments));
  }

  /** An error of this type, whose body holds these texts. */
  static Expected error(int status, String type, String... fragments) {
    return new Expected(status, type, List.of(fragments));
  }

  /** What the JSON protocol says to a body that cannot be read. */
  static Expected unreadable() {
    return error(400, "SerializationException");
  }

  /** What is said where no operation is. */
  static Expected nothingThere() {
    return error(404, "UnknownOperationException");
  }

  /** What the services say to a value that their models do not permit. */
  static Expected invalid(String... fragments) {
    return error(400, "InvalidArgumentException", fragments);
  }

  /** The same in this run. */
  Expected with(Facts facts) {
    return new Expected(status, error, fragments.stream().map(facts::fill).toList());
  }

  void check(WireAnswer answer) {
    assertThat(answer.status()).as("status of %s", answer).isEqualTo(status);
    assertThat(answer.header("x-amzn-ErrorType").orElse(""))
        .as("type of %s", answer)
        .isEqualTo(error);
    assertThat(answer.body())
        .satisfies(body -> fragments.forEach(text -> assertThat(body).contains(text)));
  }

  @Override
  public String toString() {
    return error.isEmpty() ? "success" : error + " " + status;
  }
}
