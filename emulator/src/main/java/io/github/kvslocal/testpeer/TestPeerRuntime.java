package io.github.kvslocal.testpeer;

import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.SrtpContext;
import io.github.kvslocal.runtime.SessionLoop;
import java.util.random.RandomGenerator;

/**
 * The world of a test peer.
 *
 * @param loop owns the peer; everything is called on it
 * @param random for SSRCs and first numbers
 */
public record TestPeerRuntime(
    SessionLoop loop,
    IceTransport.Factory ice,
    DtlsEndpoint.Factory dtls,
    SrtpContext.Factory srtp,
    RandomGenerator random) {}
