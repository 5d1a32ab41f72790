/** Every fault as a real client sees it, and what it leaves alone. */
@NullMarked
package io.github.kvslocal.conformance.faults;

import org.jspecify.annotations.NullMarked;
