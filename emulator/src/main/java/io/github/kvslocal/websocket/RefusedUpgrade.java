package io.github.kvslocal.websocket;

import io.github.kvslocal.api.ErrorAnswer;
import io.github.kvslocal.api.Target;

/**
 * A signaling socket that was refused.
 *
 * @param operation {@code ConnectAsMaster} or {@code ConnectAsViewer}; empty if it is not known
 * @param channel none if its URL names none
 * @param client as its URL says it, or empty
 * @param answer what its client is told
 */
public record RefusedUpgrade(String operation, Target channel, String client, ErrorAnswer answer) {}
