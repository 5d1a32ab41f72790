package io.github.kvslocal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.corpus.Fuzz;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Files of a data directory that are nearly right. */
class StateFuzzTest {
  private static final String REGISTRY =
      """
      {"format":2,"newestDeletedMillis":1795161600001,
       "channels":[{"arn":"arn:aws:kinesisvideo:us-west-2:000000000000:channel/door/1795161600123",
         "type":"SINGLE_MASTER","messageTtlSeconds":60,"version":"abc","tags":{"a":"b"},
         "recordedInto":"arn:aws:kinesisvideo:us-west-2:000000000000:stream/door/1795161600124"}],
       "streams":[{"arn":"arn:aws:kinesisvideo:us-west-2:000000000000:stream/door/1795161600124",
         "retentionHours":24,"mediaType":"video/h264","deviceName":"","kmsKeyId":"",
         "storageTier":"HOT","version":"def"}]}
      """;

  private static final String CONFIGURATIONS =
      """
      {"format":1,
       "streams":[{"arn":"arn:aws:kinesisvideo:us-west-2:000000000000:stream/door/1795161600124",
         "NOTIFICATION":{"Status":"ENABLED"},"IMAGE_GENERATION":{"Status":"DISABLED"}}],
       "edges":[{"stream":"arn:aws:kinesisvideo:us-west-2:000000000000:stream/door/1795161600124",
         "hubDevice":"hub","createdAtMillis":1795161600125,"updatedAtMillis":1795161600126,
         "document":{"HubDeviceArn":"hub"}}]}
      """;

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void registrySurvivesAnyBytes() throws IOException {
    Fuzz.of("registry").with(REGISTRY).survive(bytes -> read(new RegistryJson(), bytes));
  }

  @Test
  void configurationsSurviveAnyBytes() throws IOException {
    Fuzz.of("configurations")
        .with(CONFIGURATIONS)
        .survive(bytes -> read(new ConfigurationsJson(), bytes));
  }

  /** What can be read is read again from what is written of it. */
  private <S> void read(StateFile.Format<S> format, byte[] bytes) throws Exception {
    try {
      S state = format.read(mapper.readTree(bytes));
      JsonNode written = mapper.readTree(mapper.writeValueAsBytes(format.write(state)));
      assertThat(format.read(written)).isEqualTo(state);
    } catch (JacksonException | IllegalArgumentException | RefusedException expected) {
      // It will be set aside.
    }
  }

  @Test
  void nameOfAFragmentSurvivesAnyText() throws IOException {
    Fuzz.of("fragment-name")
        .with(
            "91343852333181432392682062607743920146264094051_1795176002007_1795176005120_2000.mkv",
            "1_-1795176002007_1795176005120_2000_p1-20_s3-400.mkv")
        .surviveTexts(
            text ->
                FragmentFileName.parse(text, 5)
                    .ifPresent(
                        read ->
                            assertThat(FragmentFileName.parse(FragmentFileName.of(read), 5))
                                .contains(read)));
  }
}
