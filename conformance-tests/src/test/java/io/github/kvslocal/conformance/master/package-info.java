/** Masters of our own: media on any machine that has a JDK. */
@NullMarked
package io.github.kvslocal.conformance.master;

import org.jspecify.annotations.NullMarked;
