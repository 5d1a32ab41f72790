/**
 * The AWS SDKs, unmodified, all asked and answering in the same words: an operation and its input
 * as JSON, an output or the error as the SDK's user sees it.
 */
@NullMarked
package io.github.kvslocal.conformance.sdk;

import org.jspecify.annotations.NullMarked;
