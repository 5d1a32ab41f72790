/** Who may be in a storage session, who is evicted and when, and what is left of it afterwards. */
@NullMarked
package io.github.kvslocal.conformance.viewers;

import org.jspecify.annotations.NullMarked;
