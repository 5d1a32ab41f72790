package io.github.kvslocal.http;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.fault.FaultRule;
import io.github.kvslocal.fault.FaultText;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.SignalingChannel;
import io.github.kvslocal.runtime.Faults;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Faults that stand in a channel's tag {@value #KEY}, for clients that can set no header: they hold
 * for all of that channel as long as it has the tag. Wraps the operations by which tags change.
 */
public final class FaultTags {
  private static final Logger LOG = LoggerFactory.getLogger(FaultTags.class);
  private static final String KEY = "kvslocal:fault";

  private final Registry registry;
  private final Faults faults;

  /** Tags of this registry's channels. */
  public FaultTags(Registry registry, Faults faults) {
    this.registry = registry;
    this.faults = faults;
  }

  /** Makes rules of the tags that are there already; an unreadable one is told in the log. */
  public void read(Instant now) {
    for (SignalingChannel channel : registry.state().channels()) {
      try {
        apply(channel, now);
      } catch (RefusedException e) {
        LOG.atWarn()
            .addKeyValue("channel", channel.arn().name())
            .addKeyValue("explanation", e.explanation())
            .log("a tag for faults is ignored");
      }
    }
  }

  /** The same operations; those that change a channel's tags change its faults. */
  public List<Operation> watching(List<Operation> operations) {
    return operations.stream().map(this::watching).toList();
  }

  private Operation watching(Operation operation) {
    return switch (operation.action().name()) {
      case "CreateSignalingChannel" ->
          wrapped(operation, call -> registry.channel(call.owner(), name(call)));
      case "TagResource", "UntagResource" ->
          wrapped(operation, call -> registry.channel(call.owner(), arn(call, "ResourceARN")));
      case "DeleteSignalingChannel" -> deleting(operation);
      default -> operation;
    };
  }

  private static String name(Call call) throws RefusedException {
    return call.body().requiredName("ChannelName");
  }

  private static ChannelArn arn(Call call, String member) throws RefusedException {
    return call.body().requiredChannelArn(member);
  }

  /** What an operation was about. */
  private interface Finding {
    SignalingChannel find(Call call) throws RefusedException;
  }

  private Operation wrapped(Operation operation, Finding finding) {
    return with(
        operation,
        handler ->
            call -> {
              requireReadable(call);
              var answer = handler.perform(call);
              apply(finding.find(call), call.now());
              return answer;
            });
  }

  private Operation deleting(Operation operation) {
    return with(
        operation,
        handler ->
            call -> {
              var answer = handler.perform(call);
              ChannelArn gone = arn(call, "ChannelARN");
              if (!faults.isEmpty()) {
                faults.replace(gone.toString(), List.of(), call.now());
              }
              return answer;
            });
  }

  private static Operation with(Operation operation, UnaryOperator<Operation.Handler> around) {
    return new Operation(
        operation.action(),
        operation.path(),
        operation.subject(),
        operation.changes(),
        around.apply(operation.handler()));
  }

  /** Before anything is changed. What else is wrong with the tags the operation itself tells. */
  private static void requireReadable(Call call) throws RefusedException {
    Map<String, String> tags;
    try {
      tags = TagMembers.list(call.body(), 0);
    } catch (RefusedException e) {
      return;
    }
    String text = tags.get(KEY);
    if (text != null) {
      FaultText.parse(text);
    }
  }

  private void apply(SignalingChannel channel, Instant now) throws RefusedException {
    String group = channel.arn().toString();
    String text = channel.tags().pairs().get(KEY);
    if (text != null) {
      List<FaultRule> rules =
          FaultText.parse(text).stream().map(rule -> rule.onChannel(group)).toList();
      faults.replace(group, rules, now);
    } else if (!faults.isEmpty()) {
      faults.replace(group, List.of(), now);
    }
  }
}
