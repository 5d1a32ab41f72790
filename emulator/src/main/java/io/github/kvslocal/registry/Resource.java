package io.github.kvslocal.registry;

/**
 * What channels and streams have in common.
 *
 * @param <A> the type of its ARN
 */
interface Resource<A> {
  A arn();

  String version();
}
