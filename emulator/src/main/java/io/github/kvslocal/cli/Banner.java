package io.github.kvslocal.cli;

import io.github.kvslocal.KvsLocal;
import java.io.PrintStream;
import java.nio.file.Path;

/** What is said once it runs; the last line is {@code Ready.}, for scripts to wait for. */
final class Banner {
  private Banner() {}

  static void print(KvsLocal emulator, PrintStream out) {
    StringBuilder text = new StringBuilder();
    line(text, "kvslocal " + Main.Version.number());
    line(text, "  endpoint   " + emulator.endpoint() + " (the same port speaks HTTPS and WSS)");
    emulator.tlsPort().ifPresent(port -> line(text, "  TLS alone  https://localhost:" + port));
    line(text, "  media      " + String.join(", ", emulator.candidates()));
    line(
        text,
        "  authority  "
            + emulator
                .authorityFile()
                .map(Path::toString)
                .orElse(emulator.endpoint() + "/_kvslocal/ca.pem"));
    line(
        text,
        "  data       "
            + emulator
                .dataDirectory()
                .map(Path::toString)
                .orElse("in memory, gone with the emulator"));
    line(text, "Ready.");
    out.print(text);
    out.flush();
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append(System.lineSeparator());
  }
}
