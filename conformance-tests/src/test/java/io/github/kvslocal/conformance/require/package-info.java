/** What a test needs from its machine, and what happens where that is missing. */
@NullMarked
package io.github.kvslocal.conformance.require;

import org.jspecify.annotations.NullMarked;
