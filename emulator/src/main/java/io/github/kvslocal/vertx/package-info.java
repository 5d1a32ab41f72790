/** Event loops and the listener that speaks HTTP and TLS on one port. */
@NullMarked
package io.github.kvslocal.vertx;

import org.jspecify.annotations.NullMarked;
