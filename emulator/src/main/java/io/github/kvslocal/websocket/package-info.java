/** The signaling socket: its upgrade, its messages as JSON, its bounds. */
@NullMarked
package io.github.kvslocal.websocket;

import org.jspecify.annotations.NullMarked;
