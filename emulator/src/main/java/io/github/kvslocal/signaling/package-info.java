/** The messages of the signaling socket, both ways. Knows no JSON and no socket. */
@NullMarked
package io.github.kvslocal.signaling;

import org.jspecify.annotations.NullMarked;
