package io.github.kvslocal.conformance.sockets;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Channels with a master and nine viewers each, who talk without a pause: every viewer to its
 * master, every master to its viewers in turn. All on one thread.
 */
final class SocketCrowd implements AutoCloseable {
  private static final int VIEWERS = 9;
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** One who talks and listens. */
  private static final class Member {
    final CrowdSocket socket;
    final List<String> recipients;
    final Map<String, Integer> said = new HashMap<>();
    final Map<String, Integer> heard = new HashMap<>();
    int turns;

    Member(CrowdSocket socket, List<String> recipients) {
      this.socket = socket;
      this.recipients = recipients;
    }
  }

  private final List<Member> members = new ArrayList<>();
  private final List<Long> latenciesMicros = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final Selector selector = Selector.open();
  private int sent;

  /** Connects everybody. */
  SocketCrowd(int port, List<String> channels) throws IOException {
    for (String channel : channels) {
      List<String> viewers = new ArrayList<>();
      for (int number = 0; number < VIEWERS; number++) {
        String viewer = "viewer" + number;
        viewers.add(viewer);
        add(port, "/viewer?X-Amz-ChannelARN=" + channel + "&X-Amz-ClientId=" + viewer, List.of(""));
      }
      add(port, "/master?X-Amz-ChannelARN=" + channel, viewers);
    }
  }

  private void add(int port, String path, List<String> recipients) throws IOException {
    Member member = new Member(CrowdSocket.open(port, path), recipients);
    member.socket.register(selector, member);
    members.add(member);
  }

  /**
   * Talks for so long, and listens until everything has come, and then a round longer for what
   * should not come; returns how long it took until everything had come.
   */
  Duration talk(Duration length) throws IOException {
    long start = System.nanoTime();
    long rounds = length.dividedBy(BETWEEN_MESSAGES);
    for (int round = 0; round < rounds; round++) {
      listenUntil(start + round * BETWEEN_MESSAGES.toNanos());
      for (Member member : members) {
        say(member);
      }
    }
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (latenciesMicros.size() < sent && System.nanoTime() < giveUp) {
      listenUntil(System.nanoTime() + BETWEEN_MESSAGES.toNanos());
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    listenUntil(System.nanoTime() + BETWEEN_MESSAGES.toNanos());
    return taken;
  }

  private void say(Member member) throws IOException {
    String recipient = member.recipients.get(member.turns++ % member.recipients.size());
    int number = member.said.merge(recipient, 1, Integer::sum) - 1;
    member.socket.say(recipient, number, System.nanoTime() / 1_000);
    sent++;
  }

  private void listenUntil(long nanos) throws IOException {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      selector.select(key -> listen(key), Math.max(1, left / 1_000_000));
    }
  }

  private void listen(SelectionKey key) {
    Member member = (Member) key.attachment();
    try {
      for (CrowdSocket.Heard heard : member.socket.hear()) {
        latenciesMicros.add(System.nanoTime() / 1_000 - heard.sentAtMicros());
        int expected = member.heard.merge(heard.sender(), 1, Integer::sum) - 1;
        if (heard.number() != expected) {
          complaints.add(
              "message %d of '%s' came instead of message %d"
                  .formatted(heard.number(), heard.sender(), expected));
        }
      }
    } catch (IOException e) {
      complaints.add(e.toString());
      key.cancel();
    }
  }

  int sent() {
    return sent;
  }

  int delivered() {
    return latenciesMicros.size();
  }

  /** What did not come in its order, and who was cut off. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** How long a message took at most, for this share of all that came after the first so many. */
  Optional<Duration> latency(double share, int first) {
    long[] sorted =
        latenciesMicros.stream().skip(first).mapToLong(Long::longValue).sorted().toArray();
    return Arrays.stream(sorted)
        .skip((long) (sorted.length * share))
        .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
        .findFirst();
  }

  @Override
  public void close() throws IOException {
    for (Member member : members) {
      member.socket.close();
    }
    selector.close();
  }
}
