package io.github.kvslocal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.peer.DtlsEndpoint.DtlsRole;
import io.github.kvslocal.sdp.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link DtlsEndpoint} has to do: two of them back to back, without a socket. */
public abstract class DtlsEndpointContract {
  private final List<DtlsSide> sides = new ArrayList<>();

  /** A factory with a certificate of its own that knows these profiles, best first. */
  protected abstract DtlsEndpoint.Factory factory(List<SrtpProfile> profiles);

  @AfterEach
  void closeSides() {
    sides.forEach(side -> side.endpoint().close());
  }

  @ParameterizedTest
  @EnumSource
  void bothSidesGetTheSameKeysCrosswise(SrtpProfile profile) {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client = side(List.of(profile));

    shakeHands(server, client);

    SrtpKeys ours = server.awaitKeys();
    SrtpKeys theirs = client.awaitKeys();
    assertThat(ours.profile()).isEqualTo(profile);
    assertThat(theirs.profile()).isEqualTo(profile);
    assertThat(ours.localKey()).isEqualTo(theirs.remoteKey()).hasSize(profile.keyLength());
    assertThat(ours.remoteKey()).isEqualTo(theirs.localKey()).isNotEqualTo(ours.localKey());
    assertThat(ours.localSalt()).isEqualTo(theirs.remoteSalt()).hasSize(profile.saltLength());
    assertThat(ours.remoteSalt()).isEqualTo(theirs.localSalt());
  }

  @Test
  void theServersOrderDecides() {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client =
        side(List.of(SrtpProfile.AES128_CM_HMAC_SHA1_32, SrtpProfile.AEAD_AES_256_GCM));

    shakeHands(server, client);

    assertThat(server.awaitKeys().profile()).isEqualTo(SrtpProfile.AEAD_AES_256_GCM);
    assertThat(client.awaitKeys().profile()).isEqualTo(SrtpProfile.AEAD_AES_256_GCM);
  }

  @Test
  void withoutACommonProfileThereAreNoKeys() {
    DtlsSide server = side(List.of(SrtpProfile.AEAD_AES_128_GCM));
    DtlsSide client = side(List.of(SrtpProfile.AES128_CM_HMAC_SHA1_80));

    shakeHands(server, client);

    assertThat(server.awaitFailure()).contains("no common SRTP profile");
    assertThat(client.awaitFailure()).contains("alert");
  }

  @Test
  void aServerRefusesACertificateThatWasNotAnnounced() {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client = side(List.of(SrtpProfile.values()));
    server.endpoint().start(DtlsRole.SERVER, server.fingerprint());

    client.endpoint().start(DtlsRole.CLIENT, server.fingerprint());

    assertThat(server.awaitFailure()).contains("announced was " + server.fingerprint());
  }

  @Test
  void aClientRefusesACertificateThatWasNotAnnounced() {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client = side(List.of(SrtpProfile.values()));
    server.endpoint().start(DtlsRole.SERVER, client.fingerprint());

    client.endpoint().start(DtlsRole.CLIENT, client.fingerprint());

    assertThat(client.awaitFailure()).contains("announced was " + client.fingerprint());
    assertThat(server.awaitFailure()).contains("alert");
  }

  @Test
  void aFingerprintByAnUnknownFunctionIsRefused() {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client = side(List.of(SrtpProfile.values()));
    server.endpoint().start(DtlsRole.SERVER, new Fingerprint("md5", "00:11"));

    client.endpoint().start(DtlsRole.CLIENT, server.fingerprint());

    assertThat(server.awaitFailure()).contains("md5");
  }

  @Test
  void datagramsBeforeTheStartAreKept() {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client = side(List.of(SrtpProfile.values()));
    client.endpoint().start(DtlsRole.CLIENT, server.fingerprint());
    client.awaitSent(1);

    server.endpoint().start(DtlsRole.SERVER, client.fingerprint());

    assertThat(server.awaitKeys().profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
  }

  @Test
  void aLostFlightIsRepeated() {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client = side(List.of(SrtpProfile.values()));
    client.lose(1);
    server.lose(1);

    shakeHands(server, client);

    assertThat(client.awaitKeys().profile()).isEqualTo(server.awaitKeys().profile());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void anyOneDatagramOfTheClientMayBeLost(int which) {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client = side(List.of(SrtpProfile.values()));
    client.rewrite(DtlsSide.losing(which));

    shakeHands(server, client);

    assertThat(server.awaitKeys().profile()).isEqualTo(client.awaitKeys().profile());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void anyOneDatagramOfTheServerMayBeLost(int which) {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client = side(List.of(SrtpProfile.values()));
    server.rewrite(DtlsSide.losing(which));

    shakeHands(server, client);

    assertThat(client.awaitKeys().profile()).isEqualTo(server.awaitKeys().profile());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void twoDatagramsOfTheClientMayChangePlaces(int which) {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client = side(List.of(SrtpProfile.values()));
    client.rewrite(DtlsSide.swapping(which));

    shakeHands(server, client);

    assertThat(server.awaitKeys().profile()).isEqualTo(client.awaitKeys().profile());
  }

  @Test
  void aClientHelloMayComeInTwoDatagrams() {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client = side(List.of(SrtpProfile.values()));
    client.rewrite(DtlsSide::splitClientHello);

    shakeHands(server, client);

    assertThat(server.awaitKeys().profile()).isEqualTo(client.awaitKeys().profile());
  }

  @Test
  void noBytesDisturbAHandshakeOrAnAssociation() {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client = side(List.of(SrtpProfile.values()));
    Random random = new Random(20_261_120);
    client.rewrite(datagram -> List.of(garbage(random), datagram, garbage(random)));
    server.rewrite(
        datagram -> List.of(Arrays.copyOf(datagram, random.nextInt(13)), datagram, new byte[0]));

    shakeHands(server, client);

    assertThat(server.awaitKeys().profile()).isEqualTo(client.awaitKeys().profile());
    for (int i = 0; i < 40; i++) {
      byte[] any = garbage(random);
      server.endpoint().receive(any, 0, any.length);
      client.endpoint().receive(any, 0, any.length);
    }
    client.endpoint().close();
    server.awaitClosed();
  }

  @Test
  void aGoodbyeOfTheClientIsHeard() {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client = side(List.of(SrtpProfile.values()));
    shakeHands(server, client);
    server.awaitKeys();
    client.awaitKeys();

    client.endpoint().close();

    server.awaitClosed();
  }

  @Test
  void aGoodbyeOfTheServerIsHeard() {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client = side(List.of(SrtpProfile.values()));
    shakeHands(server, client);
    server.awaitKeys();
    client.awaitKeys();

    server.endpoint().close();

    client.awaitClosed();
  }

  @Test
  void nothingIsReportedAfterClose() {
    DtlsSide server = side(List.of(SrtpProfile.values()));
    DtlsSide client = side(List.of(SrtpProfile.values()));
    server.endpoint().start(DtlsRole.SERVER, client.fingerprint());
    server.endpoint().close();
    int before = server.reports();

    client.endpoint().start(DtlsRole.CLIENT, server.fingerprint());
    client.awaitSent(2);

    assertThat(server.reports()).isEqualTo(before);
  }

  private DtlsSide side(List<SrtpProfile> profiles) {
    DtlsSide side = new DtlsSide(factory(profiles));
    sides.add(side);
    if (sides.size() == 2) {
      sides.get(0).wire(sides.get(1));
      sides.get(1).wire(sides.get(0));
    }
    return side;
  }

  private static void shakeHands(DtlsSide server, DtlsSide client) {
    server.endpoint().start(DtlsRole.SERVER, client.fingerprint());
    client.endpoint().start(DtlsRole.CLIENT, server.fingerprint());
  }

  private static byte[] garbage(Random random) {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }
}
