/** The control plane's rules: channels, streams and which channel is recorded into which stream. */
@NullMarked
package io.github.kvslocal.registry;

import org.jspecify.annotations.NullMarked;
