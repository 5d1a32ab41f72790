/** What happened, in order: the record that users read when something did not work. */
@NullMarked
package io.github.kvslocal.journal;

import org.jspecify.annotations.NullMarked;
