package io.github.kvslocal.api;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate of REST operations and of the socket's upgrade: first who asks, then, as soon as it is
 * read what for, whether they may and how often.
 */
public final class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private final Caller unnamed;
  private final SignatureCheck signatures;
  private final AccessRules rules;
  private final Quotas quotas;
  private final Clocks clocks;

  /** One warning is read, one per request is switched off. */
  private final AtomicBoolean warned = new AtomicBoolean();

  /** What a request's signature has to be. */
  @FunctionalInterface
  public interface SignatureCheck {
    /** Nothing: any will do, or none, and everybody is who they say. */
    SignatureCheck NONE = (request, body, now) -> CredentialScope.claimed(request);

    /**
     * Who sends a request whose signature will do; empty if it does not say.
     *
     * @param now wall-clock time
     */
    Optional<CredentialScope> verify(Arrival request, byte[] body, Instant now)
        throws DeclinedException;
  }

  /**
   * The times it goes by.
   *
   * @param wall of signatures, which the user does not move
   * @param policy of quotas
   */
  public record Clocks(InstantSource wall, InstantSource policy) {}

  /**
   * A gate.
   *
   * @param unnamed whose the requests are that say nothing
   */
  public Admission(
      Caller unnamed, SignatureCheck signatures, AccessRules rules, Quotas quotas, Clocks clocks) {
    this.unnamed = unnamed;
    this.signatures = signatures;
    this.rules = rules;
    this.quotas = quotas;
    this.clocks = clocks;
  }

  /**
   * Who sends a request.
   *
   * @throws DeclinedException if it has to be signed and is not, or by nobody known
   */
  public Caller authenticate(Arrival request, byte[] body) throws DeclinedException {
    Optional<CredentialScope> sender = signatures.verify(request, body, clocks.wall().instant());
    sender.flatMap(CredentialScope::key).filter(AccessKey::looksReal).ifPresent(this::warnOnce);
    return sender.map(unnamed::named).orElse(unnamed);
  }

  private void warnOnce(AccessKey key) {
    if (!warned.getAndSet(true)) {
      LOG.atWarn()
          .addKeyValue("accessKey", key)
          .log(
              "REAL AWS CREDENTIALS? A request is signed with an access key as AWS issues them, but"
                  + " this is a local emulator. Give your client made-up credentials. This is said"
                  + " once.");
    }
  }

  /**
   * Returns if the caller may do this now.
   *
   * @throws DeclinedException if a rule denies it, or it was done too often
   */
  public void admit(Caller caller, Action action, Target target) throws DeclinedException {
    rules.requirePermission(caller, action, target);
    quotas.take(caller, action, target, clocks.policy().instant());
  }
}
