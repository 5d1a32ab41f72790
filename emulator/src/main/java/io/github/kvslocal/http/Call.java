package io.github.kvslocal.http;

import io.github.kvslocal.registry.Owner;
import java.time.Instant;

/**
 * A request to an operation, taken apart.
 *
 * @param owner whose names it means, by its credential
 * @param urls by which the client can reach this emulator
 * @param now policy time
 */
public record Call(Members body, Owner owner, ReturnedUrls urls, Instant now) {}
