/** The standalone jar on class paths that have other versions of what it is made of. */
@NullMarked
package io.github.kvslocal.conformance.neighbours;

import org.jspecify.annotations.NullMarked;
