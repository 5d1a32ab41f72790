/** Who sees and hears whom in a storage session, as real clients see and hear it. */
@NullMarked
package io.github.kvslocal.conformance.routing;

import org.jspecify.annotations.NullMarked;
