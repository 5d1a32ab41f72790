/**
 * Emulators for tests by JUnit Jupiter, 5.10 to 6: each test has a fresh one for itself, and a test
 * that fails leaves what its emulator saw. Knows the root package and the journal's entries.
 */
@NullMarked
package io.github.kvslocal.junit;

import org.jspecify.annotations.NullMarked;
