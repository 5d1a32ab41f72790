package io.github.kvslocal.registry;

/**
 * Whose resources a request is about: names are unique within an account and a region.
 *
 * @param account 12 digits
 * @param region such as {@code us-east-1}
 */
public record Owner(String account, String region) {
  /** For explanations, such as {@code us-east-1 of account 000000000000}. */
  @Override
  public String toString() {
    return region + " of account " + account;
  }
}
