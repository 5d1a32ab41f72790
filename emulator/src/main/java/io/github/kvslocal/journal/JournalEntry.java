package io.github.kvslocal.journal;

import io.github.kvslocal.channel.ChannelArn;
import java.time.Instant;

/**
 * One thing that happened.
 *
 * @param at policy time
 * @param session names the peer's stay in the channel, or is empty
 * @param event a constant, lower-case and hyphenated, such as {@code recording-ended}
 * @param detail for a person to read
 */
public record JournalEntry(
    long number, Instant at, ChannelArn channel, String session, String event, String detail) {}
