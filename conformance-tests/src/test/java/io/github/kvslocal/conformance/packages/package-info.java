/** Published packages of other languages, pinned, installed under {@code target} when needed. */
@NullMarked
package io.github.kvslocal.conformance.packages;

import org.jspecify.annotations.NullMarked;
