package io.github.kvslocal.junit;

import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.KvsLocalOptions;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the emulators of a test are told, and who has them.
 *
 * @param shared whether one serves the whole run
 */
record Plan(KvsLocalOptions options, boolean shared) {
  /** Without any wish. */
  static final Plan DEFAULT = new Plan(KvsLocal.builder().options(), /* shared= */ false);

  /** As the annotation of the class says, or of the nearest class around it that has one. */
  static Plan annotated(ExtensionContext context) {
    Class<?> type = context.getTestClass().orElse(null);
    while (type != null) {
      Optional<KvsLocalTest> wish = AnnotationSupport.findAnnotation(type, KvsLocalTest.class);
      if (wish.isPresent()) {
        return new Plan(
            KvsLocal.builder().channels(wish.get().channels()).options(), wish.get().shared());
      }
      type = type.getEnclosingClass();
    }
    return DEFAULT;
  }
}
