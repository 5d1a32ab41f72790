/** What a recorded file really holds, as ffmpeg decodes it. */
@NullMarked
package io.github.kvslocal.conformance.recording;

import org.jspecify.annotations.NullMarked;
