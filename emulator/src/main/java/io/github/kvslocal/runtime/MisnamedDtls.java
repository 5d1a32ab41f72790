package io.github.kvslocal.runtime;

import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.sdp.Fingerprint;

/** Endpoints that show another certificate than the one that is announced. */
record MisnamedDtls(DtlsEndpoint.Factory dtls) implements DtlsEndpoint.Factory {
  /** Its first byte is another. */
  @Override
  public Fingerprint localFingerprint() {
    Fingerprint right = dtls.localFingerprint();
    String value = right.value();
    return new Fingerprint(
        right.hashFunction(), (value.startsWith("00") ? "FF" : "00") + value.substring(2));
  }

  @Override
  public DtlsEndpoint create(DtlsEndpoint.Listener listener) {
    return dtls.create(listener);
  }
}
