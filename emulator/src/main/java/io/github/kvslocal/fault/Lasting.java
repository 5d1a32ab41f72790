package io.github.kvslocal.fault;

import java.util.HashSet;
import java.util.Set;

/**
 * Something that lasts, as a socket or a connection does: each rule is asked about it once, and may
 * hold for it as long as both last. One owner.
 */
public final class Lasting {
  final Set<String> asked = new HashSet<>();
  final Set<String> struck = new HashSet<>();
}
