/**
 * A WebRTC peer of our own, in the opposite roles: it answers, is controlled, and sends what it was
 * given. It proves media on any machine that has a JDK; it replaces no real client.
 */
@NullMarked
package io.github.kvslocal.testpeer;

import org.jspecify.annotations.NullMarked;
