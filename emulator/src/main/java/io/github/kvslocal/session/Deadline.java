package io.github.kvslocal.session;

import java.time.Instant;

/**
 * Something in a {@link StorageSession} that falls due.
 *
 * @param at when
 * @param what happens then, in plain words
 */
public record Deadline(Instant at, String what) {}
