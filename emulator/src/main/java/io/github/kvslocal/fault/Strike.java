package io.github.kvslocal.fault;

/**
 * A fault that befalls something now.
 *
 * @param rule the id of the rule that says so
 */
public record Strike<F extends Fault>(String rule, F fault) {}
