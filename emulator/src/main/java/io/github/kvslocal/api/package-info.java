/**
 * What REST and the signaling socket's upgrade share: who asks, who may and how often, errors by
 * service, request ids.
 */
@NullMarked
package io.github.kvslocal.api;

import org.jspecify.annotations.NullMarked;
