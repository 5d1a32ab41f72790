package io.github.kvslocal.registry;

/**
 * Whose resources a request is about: names are unique within an account and a region.
 *
 * @param account 12 digits
 * @param region such as {@code us-east-1}
 */
public record Owner(String account, String region) {}
