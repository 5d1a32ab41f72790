/**
 * Membership of one storage session: who may join and which peer stays. Knows no socket and no
 * media.
 */
@NullMarked
package io.github.kvslocal.session;

import org.jspecify.annotations.NullMarked;
