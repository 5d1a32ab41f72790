package io.github.kvslocal.conformance.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.EmulatorWithin;
import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.KvsLocalOptions;
import io.github.kvslocal.conformance.browser.BrowserMaster;
import io.github.kvslocal.conformance.clip.Clip;
import io.github.kvslocal.conformance.libwebrtc.LibwebrtcMaster;
import io.github.kvslocal.conformance.packages.PipPackages;
import io.github.kvslocal.conformance.process.Command;
import io.github.kvslocal.conformance.process.TrustedAuthority;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes anew the captures that the emulator's unit tests replay. Their golden texts change with
 * them: {@code -Dgolden.update=true} writes those.
 */
class SenderCaptures {
  private static final Path FOLDER = Path.of("../emulator/src/test/resources/corpus/captures");
  private static final String CHANNEL = "corpus";
  private static final int MAX_BYTES = 380_000;
  private static final int SECONDS = 5;
  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;

  private final PacketCapture capture = new PacketCapture(MAX_BYTES);

  @TempDir Path folder;

  /** Drives a sender against this emulator. */
  private interface Sender {
    void send(KvsLocal emulator, Path authority) throws Exception;
  }

  @Test
  @NeedsClient({Client.CHROMIUM, Client.NODE, Client.NPM, Client.FFMPEG, Client.CERTUTIL})
  void chromium() throws Exception {
    Clip clip = smallClip();

    take(
        "chromium",
        (emulator, authority) ->
            new BrowserMaster(folder, authority, clip)
                .record(emulator.endpoint(), CHANNEL, SECONDS));
  }

  @Test
  @NeedsClient(Client.WEBRTC_JAVA)
  void webrtcJava() throws Exception {
    take(
        "webrtc-java",
        (emulator, authority) -> {
          try (LibwebrtcMaster master =
              LibwebrtcMaster.connect(
                  emulator.endpoint(), CHANNEL, TrustedAuthority.of(authority))) {
            master.limit((double) Clip.WIDTH / WIDTH, 300_000);
            master.send(Duration.ofSeconds(SECONDS));
          }
        });
  }

  @Test
  @NeedsClient(Client.PYTHON)
  void aiortc() throws Exception {
    PipPackages packages =
        new PipPackages(Path.of("src/test/senders/aiortc"), Path.of("target/senders/aiortc"));
    assertThat(packages.absence()).isEmpty();

    take(
        "aiortc",
        (emulator, authority) ->
            Command.of(
                    packages.program("python").toString(),
                    "master.py",
                    emulator.endpoint().toString(),
                    CHANNEL,
                    authority.toString(),
                    Integer.toString(SECONDS))
                .in(packages.folder())
                .succeed(Duration.ofSeconds(60)));
  }

  private void take(String name, Sender sender) throws Exception {
    KvsLocalOptions options =
        KvsLocalOptions.defaults().withPort(0).withEphemeral(true).withChannels(List.of(CHANNEL));
    try (KvsLocal emulator = EmulatorWithin.start(options, capture::around)) {
      sender.send(
          emulator, Files.writeString(folder.resolve("authority.pem"), emulator.authorityPem()));
    }
    capture.write(FOLDER.resolve(name + ".pcap"));
    assertThat(capture.packets()).isGreaterThan(SECONDS * 50);
  }

  /** Synthetic pictures that cost few bits, and a tone. */
  private Clip smallClip() {
    Path video = folder.resolve("small.mjpeg");
    Path audio = folder.resolve("small.wav");
    String pictures = "testsrc=size=%dx%d:rate=30:duration=20".formatted(WIDTH, HEIGHT);
    draw(pictures, List.of("-pix_fmt", "yuvj420p", "-q:v", "4", "-f", "mjpeg"), video);
    draw("sine=frequency=440:sample_rate=48000:duration=20", List.of("-f", "wav"), audio);
    return new Clip(video, audio, 600);
  }

  private static void draw(String source, List<String> format, Path file) {
    List<String> words = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
    words.addAll(List.of("-f", "lavfi", "-i", source));
    words.addAll(format);
    words.add(file.toString());
    Command.of(words).succeed(Duration.ofSeconds(60));
  }
}
