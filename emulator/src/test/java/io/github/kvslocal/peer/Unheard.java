package io.github.kvslocal.peer;

/** A listener of ICE and DTLS for tests that tell the peer themselves what these would. */
final class Unheard implements IceTransport.Listener, DtlsEndpoint.Listener {
  @Override
  public void connected(String localAddress, String remoteAddress) {}

  @Override
  public void datagram(byte[] buffer, int offset, int length) {}

  @Override
  public void send(byte[] datagram) {}

  @Override
  public void established(SrtpKeys keys) {}

  @Override
  public void failed(String why) {}

  @Override
  public void closed() {}
}
