/** Many signaling sockets at once: what each hears, how soon, and what that costs. */
@NullMarked
package io.github.kvslocal.conformance.sockets;

import org.jspecify.annotations.NullMarked;
