/** The words of the media path: tracks, codecs, frames and media time. */
@NullMarked
package io.github.kvslocal.media;

import org.jspecify.annotations.NullMarked;
