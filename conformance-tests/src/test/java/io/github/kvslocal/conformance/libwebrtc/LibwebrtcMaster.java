package io.github.kvslocal.conformance.libwebrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import java.util.Optional;

/** A master. */
public final class LibwebrtcMaster {
  private LibwebrtcMaster() {}

  /** Why libwebrtc cannot be used here; empty if it can. */
  public static Optional<String> absence() {
    try {
      PeerConnectionFactory factory =
          new PeerConnectionFactory(new AudioDeviceModule(AudioLayer.kDummyAudio));
      factory.dispose();
      return Optional.empty();
    } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError e) {
      return Optional.of("its native library does not load: " + e.getMessage());
    }
  }
}
