/** The service models, and requests made from them: every constraint broken, every bound met. */
@NullMarked
package io.github.kvslocal.conformance.model;

import org.jspecify.annotations.NullMarked;
