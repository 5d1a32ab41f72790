/** The least of clients: JSON over HTTP, with nothing that could smooth anything over. */
@NullMarked
package io.github.kvslocal.conformance.json;

import org.jspecify.annotations.NullMarked;
