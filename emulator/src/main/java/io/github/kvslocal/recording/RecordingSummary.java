package io.github.kvslocal.recording;

/**
 * What became of the fragments of a session.
 *
 * @param stored that can be read
 * @param failed that the store could not keep
 * @param skipped that were not written because too much was waiting
 */
public record RecordingSummary(long stored, long failed, long skipped) {}
