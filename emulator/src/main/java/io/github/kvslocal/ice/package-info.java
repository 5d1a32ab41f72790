/**
 * ICE (RFC 8445, RFC 8838) over one UDP port by ice4j, behind {@link
 * io.github.kvslocal.peer.IceTransport}. Sends to nobody but candidates that were signalled and
 * peers that have spoken first.
 */
@NullMarked
package io.github.kvslocal.ice;

import org.jspecify.annotations.NullMarked;
