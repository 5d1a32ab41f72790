/** Recordings that outlive what happens to the emulator and to its disk. */
@NullMarked
package io.github.kvslocal.conformance.survival;

import org.jspecify.annotations.NullMarked;
