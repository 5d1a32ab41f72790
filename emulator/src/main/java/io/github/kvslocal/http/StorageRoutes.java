package io.github.kvslocal.http;

import io.github.kvslocal.api.Service;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.runtime.ChannelDirectory;
import io.github.kvslocal.runtime.StorageService;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The routes of Kinesis Video WebRTC Storage (API version 2018-05-10). */
public final class StorageRoutes {
  private final Registry registry;
  private final StorageService storage;
  private final ChannelDirectory channels;

  /** Routes to these sessions. */
  public StorageRoutes(Registry registry, StorageService storage) {
    this.registry = registry;
    this.storage = storage;
    this.channels = new ChannelDirectory(registry);
  }

  /** The rows of the table. */
  public List<Operation> operations() {
    return List.of(
        Operation.deciding(
            Service.WEBRTC_STORAGE, "/joinStorageSession", Subject.CHANNEL_TO_JOIN, this::join),
        Operation.deciding(
            Service.WEBRTC_STORAGE,
            "/joinStorageSessionAsViewer",
            Subject.CHANNEL_TO_JOIN,
            this::joinAsViewer));
  }

  /**
   * The KVS C SDK's viewers come here too, with a client id. AWS does not say what it makes of
   * them; here a client id means a viewer (assumed).
   */
  private CompletionStage<Answer> join(Call call) throws RefusedException {
    ChannelArn channel = call.body().requiredChannelArn("channelArn");
    Optional<ClientId> viewer = call.body().clientId("clientId");
    return join(
        call.owner(),
        channel,
        viewer.<Participant>map(Participant.Viewer::new).orElse(Participant.MASTER));
  }

  private CompletionStage<Answer> joinAsViewer(Call call) throws RefusedException {
    ChannelArn channel = call.body().requiredChannelArn("channelArn");
    return join(
        call.owner(), channel, new Participant.Viewer(call.body().requiredClientId("clientId")));
  }

  private CompletionStage<Answer> join(Owner owner, ChannelArn channel, Participant participant)
      throws RefusedException {
    StreamArn stream = registry.streamToJoin(owner, channel);
    return storage
        .join(channel, stream, participant, channels.facts(owner, channel))
        .thenApply(accepted -> Answer.NOTHING);
  }
}
