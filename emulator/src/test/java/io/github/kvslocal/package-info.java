/** Tests of the house itself. */
@NullMarked
package io.github.kvslocal;

import org.jspecify.annotations.NullMarked;
