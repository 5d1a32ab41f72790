package io.github.kvslocal.conformance.wire;

import io.github.kvslocal.conformance.evidence.Evidence;

/**
 * One row of a table: exact bytes in, an answer out.
 *
 * @param what the sentence that it proves
 * @param evidence how the expectation is known
 */
record WireRow(String what, Evidence evidence, WireRequest request, Expected expected) {

  @Override
  public String toString() {
    return what + " -> " + expected + " [" + evidence + "]";
  }
}
