/** What survives a restart, as files below the data directory. */
@NullMarked
package io.github.kvslocal.disk;

import org.jspecify.annotations.NullMarked;
