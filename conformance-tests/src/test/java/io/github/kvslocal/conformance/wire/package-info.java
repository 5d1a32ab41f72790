/** Requests byte by byte, as official clients send them and as no SDK ever would. */
@NullMarked
package io.github.kvslocal.conformance.wire;

import org.jspecify.annotations.NullMarked;
