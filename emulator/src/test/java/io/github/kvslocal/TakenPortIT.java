package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.testpeer.RemoteViewer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Any port will do, but the one that is free on UDP is somebody's on TCP. */
class TakenPortIT {
  @Test
  void whoJoinsIsConnectedAtThePortThatIsFreeOnBoth() throws Exception {
    List<ServerSocket> taken = new ArrayList<>();
    KvsLocalOptions options =
        KvsLocalOptions.defaults().withEphemeral(true).withPort(0).withChannels(List.of("door"));
    KvsLocal emulator =
        KvsLocal.start(
            options,
            running -> {
              MediaStack media = WebRtcStack.open(running, InstantSource.system());
              taken.add(new ServerSocket(media.port(), 1, InetAddress.getByName("0.0.0.0")));
              return media;
            });
    try (MasterBench bench = new MasterBench(emulator);
        RemoteViewer ann = bench.joinAsViewer("door", "ann", Clip.frames(3))) {

      ann.connected().get(10, TimeUnit.SECONDS);

      assertThat(emulator.endpoint().getPort()).isNotEqualTo(taken.get(0).getLocalPort());
      assertThat(emulator.candidates())
          .allMatch(text -> text.endsWith(" " + emulator.endpoint().getPort() + "/udp"));
    } finally {
      taken.get(0).close();
    }
  }
}
