package io.github.kvslocal.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TransportFeedbackTest {
  private final byte[] buffer = new byte[1_500];
  private final RtcpWriter out = new RtcpWriter();
  private final TransportFeedbackWriter writer = new TransportFeedbackWriter();

  /** Arrivals from a map. */
  private record Known(Map<Long, Long> times) implements TransportFeedbackWriter.Arrivals {
    @Override
    public boolean received(long sequence) {
      return times.containsKey(sequence);
    }

    @Override
    public long arrivedAt(long sequence) {
      Long time = times.get(sequence);
      assertThat(time).isNotNull();
      return time == null ? 0 : time;
    }
  }

  @Test
  void specificationsExampleOfARunAndSmallDeltasIsWritten() throws MalformedPacketException {
    Map<Long, Long> times = new TreeMap<>();
    for (long i = 0; i < 8; i++) {
      times.put(10 + i, 64_000_000 + i * 1_000_000);
    }

    out.begin(buffer, 0);
    long next = writer.write(out, 1, 2, new Known(times), 10, 17, 1_200);

    assertThat(next).isEqualTo(18);
    assertThat(HexFormat.of().withUpperCase().formatHex(buffer, 0, out.length()))
        .isEqualTo(
            "AFCD0007"
                + "00000001"
                + "00000002"
                + "000A0008"
                + "00000100"
                + "2008"
                + "0004040404040404"
                + "0002");
  }

  @Test
  void everyPatternIsReadAsWritten() throws MalformedPacketException {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      String name = "seed " + seed;
      Map<Long, Long> times = new TreeMap<>();
      long at = random.nextInt(1_000_000_000);
      long first = 65_400L + random.nextInt(200);
      int loss = random.nextInt(100);
      int span = 1 + random.nextInt(2_500);
      for (long i = 0; i < span; i++) {
        at += random.nextInt(20) == 0 ? random.nextInt(200_000_000) : random.nextInt(2_000_000);
        if (random.nextInt(100) >= loss || i == span - 1) {
          times.put(first + i, at - (random.nextInt(30) == 0 ? random.nextInt(300_000) : 0));
        }
      }

      Map<Long, Long> read = roundTrip(times, first, first + span - 1);

      assertThat(read.keySet()).as(name).isEqualTo(times.keySet());
      times.forEach(
          (sequence, time) ->
              assertThat(read).as(name).containsEntry(sequence, time / 250_000 * 250));
    }
  }

  @Test
  void pauseLongerThanADeltaStartsAnotherMessage() throws MalformedPacketException {
    Map<Long, Long> times = new TreeMap<>(Map.of(0L, 0L, 1L, 9_000_000_000L));

    out.begin(buffer, 0);
    long next = writer.write(out, 1, 2, new Known(times), 0, 1, 1_200);

    assertThat(next).isEqualTo(1);
    assertThat(roundTrip(times, 0, 1)).containsEntry(0L, 0L).containsEntry(1L, 9_000_000L);
  }

  @Test
  void thousandsMissingAtTheBeginningAreLeftOut() throws MalformedPacketException {
    Map<Long, Long> times = new TreeMap<>(Map.of(8_000L, 5_000_000L));

    out.begin(buffer, 0);
    long next = writer.write(out, 1, 2, new Known(times), 0, 8_000, 1_200);

    assertThat(next).isEqualTo(8_001);
    assertThat(TransportFeedback.parse(buffer, 0, out.length()).base()).isEqualTo(8_000);
  }

  @Test
  void messageThatLacksStatusesOrDeltasIsMalformed() {
    for (String tail : List.of("", "2008 0000", "6001 0000")) {
      byte[] bytes =
          HexFormat.of()
              .parseHex(("8FCD0005 00000001 00000002 000A0008 00000100" + tail).replace(" ", ""));

      assertThatThrownBy(() -> TransportFeedback.parse(bytes, 0, bytes.length))
          .isInstanceOf(MalformedPacketException.class);
    }
  }

  private Map<Long, Long> roundTrip(Map<Long, Long> times, long first, long last)
      throws MalformedPacketException {
    TransportFeedbackWriter fresh = new TransportFeedbackWriter();
    Map<Long, Long> read = new TreeMap<>();
    long from = first;
    int messages = 0;
    while (from <= last) {
      out.begin(buffer, 0);
      long next = fresh.write(out, 1, 2, new Known(times), from, last, 1_200);
      assertThat(out.length()).isLessThanOrEqualTo(1_200);
      assertThat(next).isGreaterThan(from);
      List<TransportFeedback> heard = new ArrayList<>();
      RtcpReader.read(
          buffer,
          0,
          out.length(),
          new RtcpHandler() {
            @Override
            public void transportFeedback(byte[] bytes, int offset, int length)
                throws MalformedPacketException {
              heard.add(TransportFeedback.parse(bytes, offset, length));
            }
          });
      TransportFeedback feedback = heard.get(0);
      assertThat(feedback.feedbackCount()).isEqualTo(messages++ & 0xFF);
      for (TransportFeedback.Arrival arrival : feedback.arrivals()) {
        long sequence = first + ((arrival.sequenceNumber() - first) & 0xFFFF);
        read.put(sequence, arrival.micros());
      }
      from = next;
    }
    return read;
  }
}
