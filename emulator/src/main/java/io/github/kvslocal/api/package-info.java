/** What REST and the signaling socket's upgrade share: errors by service, request ids. */
@NullMarked
package io.github.kvslocal.api;

import org.jspecify.annotations.NullMarked;
