package io.github.kvslocal.peer;

/**
 * What one peer's datagrams go through.
 *
 * @param ice its agent, freed at the peer's end
 * @param dtls its endpoint, likewise
 * @param srtp makes its context once there are keys
 */
public record PeerTransports(IceTransport ice, DtlsEndpoint dtls, SrtpContext.Factory srtp) {}
