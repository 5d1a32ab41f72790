package io.github.kvslocal.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class whose tests, and those of its nested classes, have an emulator each, which they take as a
 * parameter: a {@link io.github.kvslocal.KvsLocal}, its endpoint as a {@link java.net.URI}, its
 * {@link io.github.kvslocal.EmulatorClock}, {@link io.github.kvslocal.EmulatorJournal} or {@link
 * io.github.kvslocal.EmulatorFaults}, or the {@link javax.net.ssl.SSLContext} that trusts it. Use a
 * {@link KvsLocalExtension} in a field for further options.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(KvsLocalExtension.class)
public @interface KvsLocalTest {
  /**
   * The channels that can be recorded when a test begins, each into a stream of the same name; 1 to
   * 256 characters of {@code [a-zA-Z0-9_.-]} each.
   */
  String[] channels() default {};

  /**
   * Whether all classes that want the same have one emulator together, which is never reset.
   *
   * @see KvsLocalExtension.Builder#shared
   */
  boolean shared() default false;
}
