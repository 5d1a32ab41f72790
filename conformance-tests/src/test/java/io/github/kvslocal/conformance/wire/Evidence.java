package io.github.kvslocal.conformance.wire;

/** How an expectation is known. */
enum Evidence {
  /** AWS's documentation or service models say it, or a standard that they rely on. */
  DOCUMENTED,
  /** Real clients or the real service were seen to do it. */
  OBSERVED,
  /** Nobody has published it; this is what the emulator decided. */
  ASSUMED
}
