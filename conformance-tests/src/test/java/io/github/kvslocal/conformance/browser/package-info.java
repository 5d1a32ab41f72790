/** Chromium as a master, with the published JavaScript packages. */
@NullMarked
package io.github.kvslocal.conformance.browser;

import org.jspecify.annotations.NullMarked;
