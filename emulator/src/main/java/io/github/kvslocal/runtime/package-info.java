/** Where the cores meet time, threads and each other. */
@NullMarked
package io.github.kvslocal.runtime;

import org.jspecify.annotations.NullMarked;
