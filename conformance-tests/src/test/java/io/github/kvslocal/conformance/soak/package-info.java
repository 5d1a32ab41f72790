/** Long recordings: what grows with time that should not. */
@NullMarked
package io.github.kvslocal.conformance.soak;

import org.jspecify.annotations.NullMarked;
