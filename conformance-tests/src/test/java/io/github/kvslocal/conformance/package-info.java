/** Black-box tests: unmodified clients against the emulator as its users start it. */
@NullMarked
package io.github.kvslocal.conformance;

import org.jspecify.annotations.NullMarked;
