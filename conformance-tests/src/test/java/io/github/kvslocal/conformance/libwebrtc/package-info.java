/** libwebrtc in Java as a master or a viewer, without a browser around it. */
@NullMarked
package io.github.kvslocal.conformance.libwebrtc;

import org.jspecify.annotations.NullMarked;
