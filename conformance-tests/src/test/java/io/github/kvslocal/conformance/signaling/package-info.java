/** The signaling socket of a participant that is no browser. */
@NullMarked
package io.github.kvslocal.conformance.signaling;

import org.jspecify.annotations.NullMarked;
