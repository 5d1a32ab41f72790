/**
 * Adversity as data: what a network does to datagrams, decided by seeded dice. Knows no clock and
 * no socket; whoever carries datagrams asks when each of them arrives.
 */
@NullMarked
package io.github.kvslocal.fault;

import org.jspecify.annotations.NullMarked;
