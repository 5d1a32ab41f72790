/** One WebRTC peer: offer, answer, transports and keys. Knows no socket, thread or library. */
@NullMarked
package io.github.kvslocal.peer;

import org.jspecify.annotations.NullMarked;
