/** Who sees and who hears whom in a storage session. Knows no peer, socket or clock. */
@NullMarked
package io.github.kvslocal.routing;

import org.jspecify.annotations.NullMarked;
