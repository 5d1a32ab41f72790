/**
 * Who hears whom: the voices of one storage session, evened out, mixed for each listener and for
 * the recording. Pure functions of packets and arrival instants; knows no clock, thread or codec
 * library.
 */
@NullMarked
package io.github.kvslocal.routing.voice;

import org.jspecify.annotations.NullMarked;
