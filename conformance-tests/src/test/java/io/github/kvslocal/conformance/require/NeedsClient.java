package io.github.kvslocal.conformance.require;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The clients without which a test means nothing. Where one is missing the test is skipped and says
 * why, unless {@code KVSLOCAL_REQUIRE} names that client: then the test fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsClientCondition.class)
public @interface NeedsClient {
  /** All that are needed. */
  Client[] value();
}
