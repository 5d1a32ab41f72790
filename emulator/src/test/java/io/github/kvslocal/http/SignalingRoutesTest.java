package io.github.kvslocal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryState;
import io.github.kvslocal.runtime.ChannelDirectory;
import io.github.kvslocal.signaling.ChannelFacts;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalingRoutesTest {
  private static final String ICE = "/v1/get-ice-server-config";
  private static final String ALEXA = "/v1/send-alexa-offer-to-master";

  private final Registry registry = new Registry(RegistryState.EMPTY, new Random(1));
  private final RouteCalls calls =
      new RouteCalls(
          new SignalingRoutes(
                  registry,
                  () -> 4580,
                  new Random(1),
                  new AlexaOffers(new ChannelDirectory(registry), SignalingRoutesTest::answer))
              .operations());
  private String channel = "";

  private static CompletableFuture<String> answer(
      ChannelArn channel, ClientId sender, String payload, ChannelFacts facts) {
    return CompletableFuture.completedFuture(sender + " " + payload);
  }

  @BeforeEach
  void createChannel() throws Exception {
    channel = registry.ready(RouteCalls.OWNER, "door", RouteCalls.NOW).arn().toString();
  }

  @Test
  void credentialsObeyTheModelAndTellTheirExpiry() throws Exception {
    JsonNode server =
        calls
            .answer(ICE, body("'ClientId':'ann','Service':'TURN','Username':'me'"))
            .at("/IceServerList/0");

    assertThat(server.at("/Uris/0").asText()).isEqualTo("stun:kvs.example:4580");
    assertThat(server.path("Ttl").asInt()).isEqualTo(300);
    assertThat(server.path("Username").asText())
        .matches("[a-zA-Z0-9_.-]{1,256}")
        .startsWith((RouteCalls.NOW.getEpochSecond() + 300) + ".");
    assertThat(server.path("Password").asText()).matches("[a-zA-Z0-9_.-]{32}");
  }

  @Test
  void credentialsExpireByPolicyTime() throws Exception {
    calls.setNow(RouteCalls.NOW.plusSeconds(3_600));

    JsonNode server = calls.answer(ICE, body("")).at("/IceServerList/0");

    assertThat(server.path("Username").asText())
        .startsWith((RouteCalls.NOW.getEpochSecond() + 3_900) + ".");
  }

  @Test
  void credentialsDifferWithEachCall() throws Exception {
    JsonNode first = calls.answer(ICE, body("")).at("/IceServerList/0");

    JsonNode second = calls.answer(ICE, body("")).at("/IceServerList/0");

    assertThat(second.path("Username")).isNotEqualTo(first.path("Username"));
    assertThat(second.path("Password")).isNotEqualTo(first.path("Password"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'ClientId':''|at 'ClientId'",
        "'ClientId':'a b'|at 'ClientId'",
        "'Service':'STUN'|enum value set: [TURN]",
        "'Username':''|at 'Username'",
        "'Username':'a:b'|at 'Username'"
      })
  void iceConfigNamesWhatIsWrong(String members, String complaint) {
    assertThat(calls.refusal(ICE, body(members)))
        .startsWith("InvalidArgumentException: 1 validation error detected")
        .contains(complaint);
  }

  @Test
  void namesHave256CharactersAtMost() {
    String longest = "n".repeat(256);

    assertThat(
            calls.refusal(ICE, body("'ClientId':'" + longest + "','Username':'" + longest + "'")))
        .isEqualTo("accepted");
    assertThat(calls.refusal(ICE, body("'ClientId':'" + longest + "n'")))
        .contains("length less than or equal to 256");
    assertThat(calls.refusal(ICE, body("'Username':'" + longest + "n'")))
        .contains("length less than or equal to 256");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|InvalidArgumentException: 1 validation error detected: Value null at 'ChannelARN'",
        "{'ChannelARN':'x'}|pattern: arn:aws:kinesisvideo",
        "{'ChannelARN':'arn:aws-cn:kinesisvideo:a:000000000000:channel/door/1'}|pattern: arn:aws:",
        "{'ChannelARN':'arn:aws:kinesisvideo:a:000000000000:stream/door/1'}|must be an ARN",
        "{'ChannelARN':'arn:aws:kinesisvideo:a:000000000000:channel/door/1','SenderClientId':'a',"
            + "'MessagePayload':'a'}"
            + "|ResourceNotFoundException: The requested channel is not found or not active."
      })
  void channelHasToBeNamedAndThere(String body, String complaint) {
    assertThat(calls.refusal(ICE, body)).contains(complaint);
    assertThat(calls.refusal(ALEXA, body)).contains(complaint);
  }

  @ParameterizedTest
  @CsvSource({"123456789012, us-east-1", "000000000000, eu-west-1"})
  void channelHasToBeTheCallers(String account, String region) {
    Owner other = new Owner(account, region);
    String offer = body("'SenderClientId':'alexa','MessagePayload':'b2ZmZXI='");

    for (String path : List.of(ICE, ALEXA)) {
      assertThat(
              catchThrowableOfType(RefusedException.class, () -> calls.answer(path, offer, other)))
          .extracting(RefusedException::reason)
          .isEqualTo(Reason.NO_SUCH_CHANNEL);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'MessagePayload':'aGk='|at 'SenderClientId'",
        "'MessagePayload':'aGk=','SenderClientId':'a b'|at 'SenderClientId'",
        "'SenderClientId':'alexa'|at 'MessagePayload'",
        "'SenderClientId':'alexa','MessagePayload':''|at 'MessagePayload'",
        "'SenderClientId':'alexa','MessagePayload':'{}'|at 'MessagePayload'"
      })
  void alexaOfferNamesWhatIsWrong(String members, String complaint) {
    assertThat(calls.refusal(ALEXA, body(members)))
        .startsWith("InvalidArgumentException: 1 validation error detected")
        .contains(complaint);
  }

  @Test
  void alexaOfferHas10000CharactersAtMost() {
    String offer = "'SenderClientId':'alexa','MessagePayload':'%s'";

    assertThat(calls.refusal(ALEXA, body(offer.formatted("A".repeat(10_000)))))
        .isEqualTo("accepted");
    assertThat(calls.refusal(ALEXA, body(offer.formatted("A".repeat(10_001)))))
        .contains("length less than or equal to 10000");
  }

  @Test
  void alexaHearsTheMastersAnswer() throws Exception {
    JsonNode answer =
        calls.answer(ALEXA, body("'SenderClientId':'alexa','MessagePayload':'b2ZmZXI='"));

    assertThat(answer.path("Answer").asText()).isEqualTo("alexa b2ZmZXI=");
  }

  private String body(String members) {
    return "{'ChannelARN':'" + channel + "'" + (members.isEmpty() ? "" : "," + members) + "}";
  }
}
