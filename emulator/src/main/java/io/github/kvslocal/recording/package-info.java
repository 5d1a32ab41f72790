/**
 * What a session leaves behind: fragments numbered, written and stored, listed and read back, and
 * joined to one file. Where they are stored is behind {@link
 * io.github.kvslocal.recording.FragmentStore}.
 */
@NullMarked
package io.github.kvslocal.recording;

import org.jspecify.annotations.NullMarked;
