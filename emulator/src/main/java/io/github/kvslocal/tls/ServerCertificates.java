package io.github.kvslocal.tls;

import java.security.KeyPair;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.Certificate;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A certificate for whatever name a client asks for (SNI, RFC 6066 section 3). Any thread may call
 * it; making a certificate takes milliseconds.
 */
public final class ServerCertificates {
  private static final int MOST_KEPT = 256;

  private final CertificateAuthority authority;
  private final InstantSource clock;
  private final List<String> ownNames;
  private final KeyPair pair = CertificateWriter.newKeyPair();

  private final Map<String, PrivateKeyEntry> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PrivateKeyEntry> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /**
   * Certificates by this authority.
   *
   * @param clock wall clock
   * @param ownNames names and addresses of this server besides those that the machine knows
   */
  public ServerCertificates(
      CertificateAuthority authority, InstantSource clock, List<String> ownNames) {
    this.authority = authority;
    this.clock = clock;
    this.ownNames = List.copyOf(ownNames);
  }

  /**
   * Key and chain for a server name; empty for a text that is no host name.
   *
   * @param serverName as the client sent it; the empty text or an address stands for this machine
   *     under all its names
   */
  public synchronized Optional<PrivateKeyEntry> forName(String serverName) {
    String name = serverName.toLowerCase(Locale.ROOT);
    if (name.isEmpty() || HostNames.isAddress(name)) {
      return Optional.of(
          kept.computeIfAbsent("", nameless -> mint(HostNames.ofThisMachine(ownNames))));
    }
    if (!HostNames.isName(name)) {
      return Optional.empty();
    }
    return Optional.of(kept.computeIfAbsent(name, fresh -> mint(List.of(fresh))));
  }

  private PrivateKeyEntry mint(List<String> names) {
    Certificate[] chain = {
      authority.certify(pair, names, clock.instant()), authority.certificate()
    };
    return new PrivateKeyEntry(pair.getPrivate(), chain);
  }
}
