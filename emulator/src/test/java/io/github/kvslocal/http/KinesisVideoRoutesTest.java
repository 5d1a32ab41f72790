package io.github.kvslocal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import io.github.kvslocal.registry.ConfigurationState;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryState;
import io.github.kvslocal.registry.StreamConfigurations;
import io.github.kvslocal.runtime.ManualLoop;
import io.github.kvslocal.runtime.PolicyClock;
import io.github.kvslocal.runtime.RetainingFragmentStore;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What one part of the control plane means for another. */
class KinesisVideoRoutesTest {
  private static final String HUB = "arn:aws:iot:us-east-1:1:thing/hub";
  private static final String EDGE =
      "{'StreamName':'door','EdgeConfig':{'HubDeviceArn':'"
          + HUB
          + "','RecorderConfig':{'MediaSourceConfig':{'MediaUriSecretArn':"
          + "'arn:aws:secretsmanager:us-east-1:1:secret:camera','MediaUriType':'RTSP_URI'}}}}";

  private final RecordingSessions sessions = new RecordingSessions();
  private final Registry registry = new Registry(RegistryState.EMPTY, new Random(1));
  private final InMemoryFragmentStore fragments = new InMemoryFragmentStore();
  private final RouteCalls calls =
      new RouteCalls(
          new KinesisVideoRoutes(
                  registry,
                  new StreamConfigurations(ConfigurationState.EMPTY),
                  sessions,
                  new RetainingFragmentStore(
                      fragments,
                      new PolicyClock(() -> RouteCalls.NOW),
                      new ManualLoop(RouteCalls.NOW)))
              .operations());

  @Test
  void edgeConfigurationOfADeletedStreamIsListedNoMoreBeforeAnythingIsSaved() throws Exception {
    String arn = RouteCalls.stream(registry, "door", 24).arn().toString();
    calls.answer("/startEdgeConfigurationUpdate", EDGE);
    assertThat(edges()).hasSize(1);

    calls.answer("/deleteStream", "{'StreamARN':'" + arn + "'}");

    assertThat(edges()).isEmpty();
  }

  @Test
  void sessionsAreToldWhatIsDisabledAndDeleted() throws Exception {
    String arn = registry.ready(RouteCalls.OWNER, "door", RouteCalls.NOW).arn().toString();
    String channel = "'ChannelARN':'" + arn + "'";

    calls.answer(
        "/updateMediaStorageConfiguration",
        "{" + channel + ",'MediaStorageConfiguration':{'Status':'DISABLED'}}");
    calls.answer("/deleteSignalingChannel", "{" + channel + "}");

    assertThat(sessions.told())
        .containsExactly("storage of door ended: media storage was disabled", "door was deleted");
  }

  private JsonNode edges() throws Exception {
    return calls
        .answer("/listEdgeAgentConfigurations", "{'HubDeviceArn':'" + HUB + "'}")
        .path("EdgeConfigs");
  }
}
