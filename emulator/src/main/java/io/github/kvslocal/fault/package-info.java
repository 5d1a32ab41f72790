/**
 * Adversity as data: which faults befall calls, signaling, connections and media, and what a
 * network does to datagrams, decided by seeded dice. Knows no clock and no socket; whoever carries
 * out asks what befalls each thing.
 */
@NullMarked
package io.github.kvslocal.fault;

import org.jspecify.annotations.NullMarked;
