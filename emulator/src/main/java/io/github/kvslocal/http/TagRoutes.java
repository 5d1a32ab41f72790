package io.github.kvslocal.http;

import static io.github.kvslocal.http.KinesisVideoRoutes.changing;
import static io.github.kvslocal.http.KinesisVideoRoutes.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.SignalingChannel;
import io.github.kvslocal.registry.Tags;
import java.util.List;
import java.util.Map;

/**
 * Tags: of channels by TagResource and its siblings, of streams by TagStream and its siblings. Of
 * the former the API pages say that they are for signaling channels, so a stream's ARN is declined
 * there.
 */
final class TagRoutes {
  private final Registry registry;

  TagRoutes(Registry registry) {
    this.registry = registry;
  }

  List<Operation> operations() {
    return List.of(
        changing("/TagResource", Subject.TAGGED_CHANNEL, this::tagChannel),
        changing("/UntagResource", Subject.TAGGED_CHANNEL, this::untagChannel),
        reading("/ListTagsForResource", Subject.TAGGED_CHANNEL, this::tagsOfChannel),
        changing("/tagStream", Subject.STREAM, this::tagStream),
        changing("/untagStream", Subject.STREAM, this::untagStream),
        reading("/listTagsForStream", Subject.STREAM, this::tagsOfStream));
  }

  private Answer tagChannel(Call call) throws RefusedException {
    ChannelArn arn = resource(call);
    call.body().required("Tags");
    Map<String, String> tags = TagMembers.list(call.body(), 1);
    registry.tag(registry.channel(call.owner(), arn).arn(), tags);
    return Answer.NO_MEMBERS;
  }

  private Answer untagChannel(Call call) throws RefusedException {
    ChannelArn arn = resource(call);
    List<String> keys = TagMembers.keys(call.body());
    registry.untag(registry.channel(call.owner(), arn).arn(), keys);
    return Answer.NO_MEMBERS;
  }

  private Answer tagsOfChannel(Call call) throws RefusedException {
    ChannelArn arn = resource(call);
    PageToken.requireNone(call.body(), "ListTagsForResource");
    SignalingChannel channel = registry.channel(call.owner(), arn);
    return list(channel.tags());
  }

  private Answer tagStream(Call call) throws RefusedException {
    Reference<MediaStream> stream = stream(call);
    call.body().required("Tags");
    Map<String, String> tags = TagMembers.map(call.body());
    registry.tag(stream.find(registry, call.owner()).arn(), tags);
    return Answer.NO_MEMBERS;
  }

  private Answer untagStream(Call call) throws RefusedException {
    Reference<MediaStream> stream = stream(call);
    List<String> keys = TagMembers.keys(call.body());
    registry.untag(stream.find(registry, call.owner()).arn(), keys);
    return Answer.NO_MEMBERS;
  }

  private Answer tagsOfStream(Call call) throws RefusedException {
    Reference<MediaStream> stream = stream(call);
    PageToken.requireNone(call.body(), "ListTagsForStream");
    return list(stream.find(registry, call.owner()).tags());
  }

  private static ChannelArn resource(Call call) throws RefusedException {
    return call.body().requiredChannelArn("ResourceARN");
  }

  /** These three have an error for a StreamARN of the wrong format; here: of another kind. */
  private static Reference<MediaStream> stream(Call call) throws RefusedException {
    return Reference.stream(call.body(), Reason.INVALID_RESOURCE_FORMAT);
  }

  /** The model has at most 50 in an answer, which are all. */
  private static Answer list(Tags tags) {
    ObjectNode answer = Answer.object();
    ObjectNode list = answer.putObject("Tags");
    tags.pairs().forEach(list::put);
    return Answer.json(answer);
  }
}
