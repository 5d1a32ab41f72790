package io.github.kvslocal.conformance.rest;

import io.github.kvslocal.conformance.evidence.Evidence;
import io.github.kvslocal.conformance.sdk.Sdk;
import io.github.kvslocal.conformance.sdk.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One sentence about the REST interface, and how to see that it is true.
 *
 * @param sentence what AWS does
 * @param setting how the emulator is started
 * @param identity as whom the SDK calls
 * @param given what was there before, made without the SDK
 * @param call what the SDK is asked to do
 * @param expectation how that has to end
 * @param then what the SDK sees afterwards
 * @param excused the SDKs that cannot send it, each with the reason
 */
public record Row(
    String sentence,
    Setting setting,
    Identity identity,
    List<Given> given,
    Call call,
    Expectation expectation,
    List<Check> then,
    Evidence evidence,
    Map<Sdk, String> excused) {

  /** Begins a row. */
  static RowBuilder that(String sentence) {
    return new RowBuilder(sentence);
  }

  /** The sentence, and how it is known. */
  public String title() {
    return "%s (%s)".formatted(sentence, evidence);
  }

  /** Why this SDK cannot send it; empty if it can. */
  public Optional<String> excuse(Sdk sdk) {
    return Optional.ofNullable(excused.get(sdk));
  }

  /**
   * What is asked.
   *
   * @param input JSON, single quotes allowed, in which <code>${name}</code> stands for what is
   *     known under that name
   */
  public record Call(Service service, String operation, String input) {}

  /**
   * A call afterwards that has to succeed.
   *
   * @param pattern what its output has to have at least
   */
  public record Check(Call call, String pattern) {}

  /**
   * As whom to call.
   *
   * @param accessKey empty for an account that this row and this SDK have to themselves
   * @param token empty for none
   */
  public record Identity(String accessKey, String secret, String token) {
    /** An account that nobody else uses. */
    static final Identity OWN = new Identity("", "secret", "");
  }
}
