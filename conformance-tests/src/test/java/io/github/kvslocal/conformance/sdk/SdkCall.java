package io.github.kvslocal.conformance.sdk;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One call of one operation.
 *
 * @param operation as the API reference spells it, such as {@code CreateStream}
 * @param input its members; times are seconds since the epoch
 */
public record SdkCall(Service service, String operation, ObjectNode input, Access access) {}
