/** Measurements that are read by people: run by hand, never part of a build. */
@NullMarked
package io.github.kvslocal.conformance.benchmark;

import org.jspecify.annotations.NullMarked;
