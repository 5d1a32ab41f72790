/** The wiring: the only package that knows every other one. */
@NullMarked
package io.github.kvslocal;

import org.jspecify.annotations.NullMarked;
