package io.github.kvslocal.fault;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Writes a network as the properties that {@link FaultText} reads. */
final class NetworkWriter {
  private NetworkWriter() {}

  static String write(NetworkModel model) {
    List<String> parts = new ArrayList<>();
    if (model.incoming().equals(model.outgoing())) {
      write("", model.incoming(), parts);
    } else {
      write("in.", model.incoming(), parts);
      write("out.", model.outgoing(), parts);
    }
    if (model.seed() != 0) {
      parts.add("seed=" + model.seed());
    }
    return String.join(" ", parts);
  }

  private static void write(String way, LinkModel link, List<String> parts) {
    part(parts, way + "loss", link.loss());
    if (!link.bursts().equals(Bursts.NONE)) {
      parts.add(
          "%sburst=%s:%s:%s"
              .formatted(
                  way,
                  fraction(link.bursts().begin()),
                  fraction(link.bursts().end()),
                  fraction(link.bursts().loss())));
    }
    if (!link.delay().isZero()) {
      parts.add(way + "delay=" + Durations.text(link.delay()));
    }
    if (!link.jitter().isZero()) {
      parts.add(way + "jitter=" + Durations.text(link.jitter()));
    }
    part(parts, way + "reorder", link.reordering());
    part(parts, way + "duplicate", link.duplication());
    part(parts, way + "corrupt", link.corruption());
    if (!link.bottleneck().isUnlimited()) {
      parts.add(
          way
              + "rate="
              + BigDecimal.valueOf(link.bottleneck().bitsPerSecond(), 3).toPlainString()
              + "kbit");
    }
    if (!link.bottleneck().queue().equals(Bottleneck.DEFAULT_QUEUE)) {
      parts.add(way + "queue=" + Durations.text(link.bottleneck().queue()));
    }
  }

  private static void part(List<String> parts, String name, double fraction) {
    if (fraction > 0) {
      parts.add(name + "=" + fraction(fraction));
    }
  }

  static String fraction(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
