package io.github.kvslocal.conformance.signaling;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a participant hears.
 *
 * @param type such as {@code SDP_OFFER}
 * @param sender the client id; empty if the storage session sent it
 * @param payload out of its envelope; of a refusal the whole status
 */
public record SignalingMessage(String type, String sender, JsonNode payload) {}
