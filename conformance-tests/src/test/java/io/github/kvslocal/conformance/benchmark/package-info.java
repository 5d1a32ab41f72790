/** Measurements that people read: run by hand, never part of a build. */
@NullMarked
package io.github.kvslocal.conformance.benchmark;

import org.jspecify.annotations.NullMarked;
