/** The REST edge: routes of the services, cross-origin rules, administration. */
@NullMarked
package io.github.kvslocal.http;

import org.jspecify.annotations.NullMarked;
