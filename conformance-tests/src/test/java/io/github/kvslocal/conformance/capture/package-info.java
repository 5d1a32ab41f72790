/** Captures of what real senders send, for the emulator's own tests to replay. */
@NullMarked
package io.github.kvslocal.conformance.capture;

import org.jspecify.annotations.NullMarked;
