/** The command line. */
@NullMarked
package io.github.kvslocal.cli;

import org.jspecify.annotations.NullMarked;
