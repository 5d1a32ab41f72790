package io.github.kvslocal.conformance.projects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README shows in Java is what {@code ProjectsIT} compiles and runs, not a copy of it. */
class ReadmeRecipeTest {
  private static final Path README = Path.of("../README.md");
  private static final Path EXAMPLES = Path.of("projects/src/test/java");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final Pattern REGION =
      Pattern.compile("(?ms)^ *// region \\w+\\n(.*?)^ *// endregion$");

  @Test
  void everyJavaBlockOfTheReadmeIsARegionOfAnExample() throws IOException {
    assertThat(regions()).containsAll(found(BLOCK, Files.readString(README)));
  }

  @Test
  void thereIsARegionToBeShown() throws IOException {
    assertThat(regions()).isNotEmpty().allMatch(region -> region.startsWith("@Test\nvoid "));
  }

  private static List<String> regions() throws IOException {
    List<String> regions = new ArrayList<>();
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        regions.addAll(found(REGION, Files.readString(file)));
      }
    }
    return regions;
  }

  /** Wherever it stands, it begins in the first column. */
  private static List<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1).stripTrailing().stripIndent())
        .collect(Collectors.toList());
  }
}
