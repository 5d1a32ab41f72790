package io.github.kvslocal.conformance.wire;

/**
 * One row of a table: exact bytes in, an answer out.
 *
 * @param what the sentence that it proves
 * @param source where the expectation comes from
 */
record WireRow(
    String what, Evidence evidence, String source, WireRequest request, Expected expected) {

  @Override
  public String toString() {
    return what + " -> " + expected + " [" + evidence + ": " + source + "]";
  }
}
