/**
 * The REST interface as one table: a row per operation and per error, called through every AWS SDK.
 */
@NullMarked
package io.github.kvslocal.conformance.rest;

import org.jspecify.annotations.NullMarked;
