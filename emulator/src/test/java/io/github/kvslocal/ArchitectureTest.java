package io.github.kvslocal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rings: which package may know which, and where each library lives. */
class ArchitectureTest {
  private static final String ROOT = "io.github.kvslocal";

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** For each package, the packages of ours that it may import. Rings 0 and 1, the cores. */
  private static final Map<String, Set<String>> CORES =
      Map.ofEntries(
          Map.entry("channel", Set.of()),
          Map.entry("media", Set.of()),
          Map.entry("registry", Set.of("channel")),
          Map.entry("signaling", Set.of("channel")),
          Map.entry("session", Set.of("channel")),
          Map.entry("sdp", Set.of("media")),
          Map.entry("rtp", Set.of("media")),
          Map.entry("peer", Set.of("sdp", "rtp", "media")),
          Map.entry("routing", Set.of("rtp", "media", "channel")),
          Map.entry("fragment", Set.of("media")),
          Map.entry("matroska", Set.of("fragment", "media")),
          Map.entry("mp4", Set.of("fragment", "media")),
          Map.entry("fault", Set.of("channel")));

  /** Ring 2, the services. */
  private static final Map<String, Set<String>> SERVICES =
      Map.of(
          "api", Set.of("channel"),
          "recording", Set.of("fragment", "matroska", "channel", "media"),
          "playback", Set.of("recording", "matroska", "mp4", "fragment", "channel", "media"),
          "journal", Set.of("channel"),
          "assertions",
              Set.of("recording", "journal", "routing", "matroska", "fragment", "channel", "media"),
          "runtime", union(CORES.keySet(), Set.of("api", "recording", "playback", "journal")),
          "testpeer", union(CORES.keySet(), Set.of("api", "recording", "journal", "runtime")));

  private static final Set<String> INNER = union(CORES.keySet(), SERVICES.keySet());

  /** Ring 3, the edges; they meet in the root package and nowhere else. */
  private static final Map<String, Set<String>> EDGES =
      Map.of(
          "ice", union(Set.of("peer", "runtime", "sdp"), Set.of()),
          "dtls", Set.of("peer", "runtime", "sdp"),
          "srtp", Set.of("peer"),
          "codec", Set.of("routing", "playback", "media"),
          "disk", Set.of("recording", "registry", "fragment", "channel", "media"),
          "vertx", Set.of("runtime"),
          "http", INNER,
          "websocket", Set.of("signaling", "channel", "api", "runtime", "fault"),
          "tls", Set.of());

  /** Ring 4, the parts of the wiring that know little of the house; "" is the root package. */
  private static final Map<String, Set<String>> WIRING =
      Map.of("junit", Set.of("", "journal", "assertions"));

  /** Each library with the packages that may import it. */
  private static final Map<String, Set<String>> LIBRARIES =
      Map.ofEntries(
          Map.entry("org.ice4j", Set.of("ice")),
          Map.entry("org.jitsi.srtp", Set.of("srtp")),
          Map.entry("org.jitsi.utils", Set.of("ice", "srtp")),
          Map.entry("kotlin", Set.of("ice")),
          Map.entry("io.github.jaredmdobson", Set.of("codec")),
          Map.entry("org.bouncycastle", Set.of("dtls", "tls")),
          Map.entry("io.vertx.core", Set.of("vertx", "http", "websocket", "")),
          Map.entry("io.vertx.ext", Set.of("http")),
          Map.entry("io.netty", Set.of("vertx")),
          Map.entry("com.fasterxml.jackson", Set.of("http", "websocket", "disk")),
          Map.entry(
              "org.slf4j",
              union(SERVICES.keySet(), union(EDGES.keySet(), Set.of("", "cli", "junit", "aws")))),
          Map.entry("ch.qos.logback", Set.of("cli")),
          Map.entry("picocli", Set.of("cli")),
          Map.entry("org.junit", Set.of("junit")),
          Map.entry("org.opentest4j", Set.of("junit")),
          Map.entry("software.amazon", Set.of("aws")));

  @Test
  void aPackageImportsOnlyWhatItsRingAllows() {
    Map<String, Set<String>> allowed = new TreeMap<>(CORES);
    allowed.putAll(SERVICES);
    allowed.putAll(EDGES);
    allowed.putAll(WIRING);
    List<String> broken = new ArrayList<>();

    for (JavaClass type : HOUSE) {
      String from = area(type.getPackageName());
      Set<String> may = allowed.get(from);
      if (may == null) {
        continue;
      }
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(ROOT))
          .filter(target -> !area(target.getPackageName()).equals(from))
          .filter(target -> !may.contains(area(target.getPackageName())))
          .forEach(target -> broken.add(type.getName() + " knows " + target.getName()));
    }

    assertThat(new TreeSet<>(broken)).isEmpty();
  }

  @Test
  void everyPackageHasItsPlaceInTheHouse() {
    Set<String> known = union(INNER, EDGES.keySet());
    known = union(known, Set.of("", "cli", "junit", "aws", "testcontainers"));

    Set<String> found = new TreeSet<>();
    HOUSE.forEach(type -> found.add(area(type.getPackageName())));

    assertThat(known).containsAll(found);
  }

  @Test
  void aLibraryIsImportedAtItsAddressOnly() {
    LIBRARIES.forEach(
        (library, homes) ->
            noClasses()
                .that(
                    new DescribedPredicate<JavaClass>("live outside " + homes) {
                      @Override
                      public boolean test(JavaClass type) {
                        return !homes.contains(area(type.getPackageName()));
                      }
                    })
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .because(library + " has its address in " + homes)
                .allowEmptyShould(true)
                .check(HOUSE));
  }

  @Test
  void coresAreToldTheTimeAndKnowNoThreadFileOrSocket() {
    String[] cores =
        CORES.keySet().stream().map(core -> ROOT + "." + core + "..").toArray(String[]::new);
    ArchRule rule =
        noClasses()
            .that()
            .resideInAnyPackage(cores)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.util.concurrent..", "java.nio.file..", "java.net..", "java.util.logging..")
            .because("time, threads, disk and network come in from outside");

    rule.check(HOUSE);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith("org.jspecify.annotations.NullMarked")
        .check(HOUSE);
  }

  private static String area(String packageName) {
    if (packageName.equals(ROOT) || !packageName.startsWith(ROOT + ".")) {
      return "";
    }
    String inside = packageName.substring(ROOT.length() + 1);
    int dot = inside.indexOf('.');
    return dot < 0 ? inside : inside.substring(0, dot);
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }
}
