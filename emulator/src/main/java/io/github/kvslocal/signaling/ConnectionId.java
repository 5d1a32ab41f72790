package io.github.kvslocal.signaling;

/** Names one socket of a channel; a participant who connects again gets another one. */
public record ConnectionId(long number) {}
