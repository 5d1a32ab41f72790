/** Other programs: the emulator, and whatever is run against it. */
@NullMarked
package io.github.kvslocal.conformance.process;

import org.jspecify.annotations.NullMarked;
