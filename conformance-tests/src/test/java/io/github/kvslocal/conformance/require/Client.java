package io.github.kvslocal.conformance.require;

import io.github.kvslocal.conformance.browser.WebPackages;
import io.github.kvslocal.conformance.libwebrtc.LibwebrtcMaster;
import io.github.kvslocal.conformance.process.Command;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.sdk.SdkPackages;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Something that a test is run with and that a machine may lack. */
public enum Client {
  /** The executable jar of this very build. */
  EMULATOR,
  /** Debian's Chromium, with H.264. */
  CHROMIUM,
  /** Node.js. */
  NODE,
  /** The pinned packages of the page, installed by npm. */
  NPM,
  /** The pinned AWS SDKs for JavaScript, v2 and v3, installed by npm. */
  AWS_SDK_JS,
  /** ffmpeg and ffprobe, with libx264, which the analysis tests itself with. */
  FFMPEG,
  /** Python 3 with its ssl module. */
  PYTHON,
  /** The pinned boto3 and AWS CLI, installed by pip in a virtual environment. */
  BOTO3,
  /** The command-line HTTP client. */
  CURL,
  /** Edits the certificate database that Chromium trusts. */
  CERTUTIL,
  /** libwebrtc for Java, whose native half needs the X11 and PulseAudio libraries. */
  WEBRTC_JAVA,
  /** Network namespaces with a virtual cable, for which one must be root. */
  NETNS,
  /** A small disk in a mount namespace, for which one must be root or allowed to seem so. */
  TMPFS,
  /** Sees every packet. */
  TCPDUMP;

  /** The name in {@code KVSLOCAL_REQUIRE}: lower case, words joined by a hyphen. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Why this client cannot be used here; empty if it can. */
  Optional<String> absence() {
    return switch (this) {
      case EMULATOR -> EmulatorProcess.absence();
      case NPM -> WebPackages.absence();
      case AWS_SDK_JS -> SdkPackages.JAVASCRIPT.absence();
      case BOTO3 -> SdkPackages.PYTHON.absence();
      case WEBRTC_JAVA -> LibwebrtcMaster.absence();
      case NETNS -> withoutNamespaces();
      case TMPFS -> withoutTmpfs();
      case PYTHON -> offPath("python3");
      case CHROMIUM, NODE, FFMPEG, CURL, CERTUTIL, TCPDUMP -> offPath(label());
    };
  }

  /**
   * The client of this label.
   *
   * @throws IllegalArgumentException if there is none: a typing error must not pass for a client
   */
  static Client labelled(String label) {
    return Arrays.stream(values())
        .filter(client -> client.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no client is called " + label));
  }

  private static Optional<String> offPath(String program) {
    return Command.isInstalled(program)
        ? Optional.empty()
        : Optional.of(program + " is not on the PATH");
  }

  private static Optional<String> withoutTmpfs() {
    if (!Command.isInstalled("unshare") || !Command.isInstalled("mount")) {
      return Optional.of("unshare or mount is not on the PATH");
    }
    Command.Outcome trial =
        Command.of("unshare", "-rm", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/tmp")
            .run(Duration.ofSeconds(5));
    return trial.code() == 0
        ? Optional.empty()
        : Optional.of("no tmpfs in a mount namespace: " + trial.errors().trim());
  }

  private static Optional<String> withoutNamespaces() {
    if (!Command.isInstalled("unshare") || !Command.isInstalled("ip")) {
      return Optional.of("unshare or ip is not on the PATH");
    }
    Command.Outcome trial =
        Command.of("unshare", "-n", "ip", "link", "add", "near", "type", "veth")
            .run(Duration.ofSeconds(5));
    return trial.code() == 0
        ? Optional.empty()
        : Optional.of("no network namespace: " + trial.errors().trim());
  }
}
