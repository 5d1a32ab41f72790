/**
 * The signaling of a channel: who is connected, who may say what to whom, what waits and how long.
 * Knows no JSON, no socket and no clock.
 */
@NullMarked
package io.github.kvslocal.signaling;

import org.jspecify.annotations.NullMarked;
