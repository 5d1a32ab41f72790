/** Chromium as a master or viewer, with the published JavaScript packages. */
@NullMarked
package io.github.kvslocal.conformance.browser;

import org.jspecify.annotations.NullMarked;
