package io.github.kvslocal;

/**
 * A channel that can be recorded at once.
 *
 * @param name of the channel; its stream has the same one if it was made with it
 * @param arn of the channel
 * @param streamArn of the stream that it is recorded into
 */
public record RecordedChannel(String name, String arn, String streamArn) {}
