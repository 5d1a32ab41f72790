/** Many who do the same at the same time. */
@NullMarked
package io.github.kvslocal.conformance.crowd;

import org.jspecify.annotations.NullMarked;
