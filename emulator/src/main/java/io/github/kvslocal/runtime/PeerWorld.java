package io.github.kvslocal.runtime;

import io.github.kvslocal.rtp.LiveClock;

/**
 * What all peers of one channel share.
 *
 * @param loop the channel's
 * @param clock what their live media is placed on
 */
record PeerWorld(EmulatorRuntime runtime, SessionLoop loop, LiveClock clock) {}
