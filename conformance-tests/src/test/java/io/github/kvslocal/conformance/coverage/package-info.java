/** Which part of the service models is built and seen to work: a page, and the tests behind it. */
@NullMarked
package io.github.kvslocal.conformance.coverage;

import org.jspecify.annotations.NullMarked;
