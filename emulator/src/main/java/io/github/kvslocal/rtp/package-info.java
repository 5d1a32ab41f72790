/**
 * The media of one peer, between packets and frames: receiving, sending, reports and feedback. Pure
 * functions of packets and arrival instants; knows no socket, clock or thread.
 */
@NullMarked
package io.github.kvslocal.rtp;

import org.jspecify.annotations.NullMarked;
