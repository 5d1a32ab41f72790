package io.github.kvslocal.conformance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge of outputs sees what is wrong with them. */
class JsonPatternTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1}                  | {'a':1,'more':2}",
        "{'a':1}                  | {'a':1.0}",
        "{'a':{'b':'x'}}          | {'a':{'b':'x','c':'y'}}",
        "{'a':['x','~y+']}        | {'a':['x','yy']}",
        "{'a':'!x'}               | {'a':'y'}",
        "{'a':'@absent'}          | {}",
        "{'a':'@absent'}          | {'a':null}",
        "{'a':[]}                 | {'a':[]}",
        "{'a':true}               | {'a':true}",
      })
  void matches(String pattern, String value) throws JsonProcessingException {
    assertThat(JsonPattern.differences(read(pattern), read(value))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1}                  | {}",
        "{'a':1}                  | {'a':'1'}",
        "{'a':1}                  | {'a':1.5}",
        "{'a':{'b':'x'}}          | {'a':{'b':'y'}}",
        "{'a':{'b':'x'}}          | {'a':'x'}",
        "{'a':['x']}              | {'a':['x','y']}",
        "{'a':['x','y']}          | {'a':['y','x']}",
        "{'a':'~y+'}              | {'a':'xyy'}",
        "{'a':'!x'}               | {'a':'x'}",
        "{'a':'!x'}               | {}",
        "{'a':'@absent'}          | {'a':''}",
        "{'a':[]}                 | {}",
        "{'a':'@now'}             | {'a':1}",
        "{'a':'@now'}             | {'a':'now'}",
      })
  void differs(String pattern, String value) throws JsonProcessingException {
    assertThat(JsonPattern.differences(read(pattern), read(value)))
        .isNotEmpty()
        .allMatch(difference -> difference.startsWith("/a"));
  }

  @Test
  void nowIsInSeconds() throws JsonProcessingException {
    long now = Instant.now().getEpochSecond();

    assertThat(JsonPattern.differences(read("{'a':'@now'}"), read("{'a':%d}".formatted(now))))
        .isEmpty();
    assertThat(JsonPattern.differences(read("{'a':'@now'}"), read("{'a':%d000}".formatted(now))))
        .isNotEmpty();
  }

  private static ObjectNode read(String json) throws JsonProcessingException {
    return (ObjectNode) MAPPER.readTree(json);
  }
}
