/** What survives a restart, as files of the data directory: the registry and the fragments. */
@NullMarked
package io.github.kvslocal.disk;

import org.jspecify.annotations.NullMarked;
