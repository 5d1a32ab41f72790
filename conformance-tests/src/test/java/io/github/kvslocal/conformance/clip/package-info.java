/** The test film: every frame says its number, every flash has its beep. */
@NullMarked
package io.github.kvslocal.conformance.clip;

import org.jspecify.annotations.NullMarked;
