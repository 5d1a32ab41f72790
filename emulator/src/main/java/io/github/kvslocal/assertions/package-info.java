/**
 * Recordings as tests look at them: awaited, taken apart into fragments and frames, and, where
 * there is none, explained from the journal. Knows no test framework.
 */
@NullMarked
package io.github.kvslocal.assertions;

import org.jspecify.annotations.NullMarked;
