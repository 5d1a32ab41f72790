/** The signaling socket of a master that is no browser. */
@NullMarked
package io.github.kvslocal.conformance.signaling;

import org.jspecify.annotations.NullMarked;
