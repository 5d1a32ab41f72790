package io.github.kvslocal.dtls;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * Brings a server the last flight of its client in an order that it can bear: what is encrypted,
 * and the message that says so, behind the proof that the client owns its certificate.
 *
 * <p>The library (1.84) believes a ChangeCipherSpec as soon as it has keys, which is before it has
 * read CertificateVerify, and reads nothing plain any more from then on. A CertificateVerify that
 * is lost or late would never be read, however often the client repeats it (RFC 6347 section
 * 4.2.4), and the handshake would only end by its time limit.
 *
 * <p>One thread at a time.
 */
final class ClientFlight {
  /** Encrypted datagrams that wait; of more, the newest are dropped, since they are repeated. */
  static final int MOST_HELD = 16;

  // RFC 6347 section 4.1: type 1, version 2, epoch 2, number 6, length 2
  private static final int RECORD_HEADER = 13;
  private static final int EPOCH = 3;
  private static final int RECORD_LENGTH = 11;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;

  // RFC 6347 section 4.2.2: type 1, length 3, number 2, fragment's offset 3, its length 3
  private static final int MESSAGE_HEADER = 12;
  private static final int FRAGMENT_OFFSET = 6;
  private static final int FRAGMENT_LENGTH = 9;
  private static final int CERTIFICATE_VERIFY = 15;

  private final Queue<byte[]> held = new ArrayDeque<>();

  /** So many bytes of the proof have come, from its beginning. */
  private int proofBytes;

  private boolean proven;

  /** What may be read now that this datagram has come, in order; any bytes will do. */
  List<byte[]> arrived(byte[] datagram) {
    if (proven) {
      return List.of(datagram);
    }
    int encrypted = endOfPlain(datagram);
    List<byte[]> readable = new ArrayList<>();
    if (proven || encrypted == datagram.length) {
      readable.add(datagram);
    } else {
      if (encrypted > 0) {
        readable.add(Arrays.copyOf(datagram, encrypted));
      }
      if (held.size() < MOST_HELD) {
        held.add(Arrays.copyOfRange(datagram, encrypted, datagram.length));
      }
    }
    if (proven) {
      readable.addAll(held);
      held.clear();
    }
    return readable;
  }

  /** Where the first record begins that has to wait; the datagram's end if there is none. */
  private int endOfPlain(byte[] datagram) {
    int at = 0;
    while (!proven && datagram.length - at >= RECORD_HEADER) {
      int type = datagram[at] & 0xFF;
      boolean plain = number(datagram, at + EPOCH, 2) == 0;
      if (type == CHANGE_CIPHER_SPEC || !plain) {
        return at;
      }
      int body = at + RECORD_HEADER;
      int end = body + number(datagram, at + RECORD_LENGTH, 2);
      if (end > datagram.length) {
        break;
      }
      if (type == HANDSHAKE) {
        readMessages(datagram, body, end);
      }
      at = end;
    }
    return datagram.length;
  }

  private void readMessages(byte[] datagram, int from, int end) {
    int at = from;
    while (end - at >= MESSAGE_HEADER) {
      int fragment = number(datagram, at + FRAGMENT_LENGTH, 3);
      if (fragment > end - at - MESSAGE_HEADER) {
        return;
      }
      if (datagram[at] == CERTIFICATE_VERIFY) {
        takeProof(number(datagram, at + 1, 3), number(datagram, at + FRAGMENT_OFFSET, 3), fragment);
      }
      at += MESSAGE_HEADER + fragment;
    }
  }

  /** A fragment that comes before those in front of it is waited for again. */
  private void takeProof(int length, int offset, int fragment) {
    if (offset <= proofBytes) {
      proofBytes = Math.max(proofBytes, offset + fragment);
    }
    proven = proofBytes >= length;
  }

  /** Of so many bytes, the most significant first. */
  private static int number(byte[] bytes, int at, int count) {
    int number = 0;
    for (int i = at; i < at + count; i++) {
      number = (number << 8) | (bytes[i] & 0xFF);
    }
    return number;
  }
}
