/** Many clients at the same few names, and what has to hold when the dust has settled. */
@NullMarked
package io.github.kvslocal.conformance.concurrency;

import org.jspecify.annotations.NullMarked;
