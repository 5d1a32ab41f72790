/** The words of the control plane: channels, streams, participants and refusals. */
@NullMarked
package io.github.kvslocal.channel;

import org.jspecify.annotations.NullMarked;
