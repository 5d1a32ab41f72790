package io.github.kvslocal.junit;

import io.github.kvslocal.EmulatorClock;
import io.github.kvslocal.EmulatorFaults;
import io.github.kvslocal.EmulatorJournal;
import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.KvsLocalBuilder;
import io.github.kvslocal.RecordedChannel;
import io.github.kvslocal.StartException;
import io.github.kvslocal.assertions.Recording;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test an emulator of its own, fresh: it is reset before the next test has it, and tests
 * that run at the same time have different ones. All are closed when the class ends. To be used by
 * {@link KvsLocalTest} or in a field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final KvsLocalExtension kvs = KvsLocalExtension.builder().channels("door").build();
 * }</pre>
 *
 * <p>Parameters of tests and of methods before and after each are resolved as {@link KvsLocalTest}
 * says. A test that fails leaves its journal, the SDP and the recordings in {@code
 * target/kvslocal/CLASS/METHOD}, or under {@code build/kvslocal} where there is a Gradle build, or
 * under what the configuration parameter {@value FailureDirectory#PARAMETER} names. The directory
 * is named in an exception that the failure has suppressed, and in a report entry {@code kvslocal}.
 */
public final class KvsLocalExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(KvsLocalExtension.class);

  /** What can be asked for by a parameter. */
  private static final Map<Class<?>, Function<KvsLocal, Object>> PARAMETERS =
      Map.of(
          KvsLocal.class, emulator -> emulator,
          URI.class, KvsLocal::endpoint,
          EmulatorClock.class, KvsLocal::clock,
          EmulatorJournal.class, KvsLocal::journal,
          EmulatorFaults.class, KvsLocal::faults,
          SSLContext.class, KvsLocal::sslContext);

  /** As built; none if the annotation of each class says it. */
  private final @Nullable Plan plan;

  /** By the threads that run them now. */
  private final Map<Thread, KvsLocal> ofThreads = new ConcurrentHashMap<>();

  /** By the unique ids of the tests that have them now. */
  private final Map<String, KvsLocal> running = new ConcurrentHashMap<>();

  /** What {@link KvsLocalTest} makes; elsewhere the defaults. */
  public KvsLocalExtension() {
    this.plan = null;
  }

  private KvsLocalExtension(Plan plan) {
    this.plan = plan;
  }

  /** A builder with the defaults of {@link KvsLocal#builder}. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Plan here = plan(context);
    if (!here.shared()) {
      // In the store of the outermost class, which closes it; nested classes find it there.
      EmulatorPool unused = pool(context, here);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws StartException {
    Plan here = plan(context);
    KvsLocal emulator =
        here.shared() ? shared(context, here).emulator() : pool(context, here).take();
    running.put(context.getUniqueId(), emulator);
    ofThreads.put(Thread.currentThread(), emulator);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    KvsLocal emulator = running.get(context.getUniqueId());
    if (emulator == null) {
      return;
    }
    try {
      context
          .getExecutionException()
          .ifPresent(failure -> FailureDirectory.leave(context, failure, emulator));
    } finally {
      ofThreads.remove(Thread.currentThread());
      running.remove(context.getUniqueId());
      Plan here = plan(context);
      if (!here.shared()) {
        pool(context, here).giveBack(emulator);
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return PARAMETERS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Function<KvsLocal, Object> wanted = PARAMETERS.get(parameter.getParameter().getType());
    if (wanted == null) {
      throw new ParameterResolutionException("nobody supports " + parameter.getParameter());
    }
    KvsLocal emulator = running.get(context.getUniqueId());
    if (emulator != null) {
      return wanted.apply(emulator);
    }
    Plan here = plan(context);
    if (here.shared()) {
      return wanted.apply(shared(context, here).emulator());
    }
    throw new ParameterResolutionException(
        "%s is of a test, and no test has begun here: each has an emulator of its own. Take it as a"
                .formatted(parameter.getParameter().getType().getSimpleName())
            + " parameter of the test or of a @BeforeEach method, or share one emulator"
            + " (shared = true)");
  }

  /**
   * The emulator of the test that runs on this thread, or of the only one that runs at all.
   *
   * @throws IllegalStateException if no test of this extension runs, or if several do and this
   *     thread is of none: take it as a parameter there
   */
  public KvsLocal emulator() {
    KvsLocal mine = ofThreads.get(Thread.currentThread());
    if (mine != null) {
      return mine;
    }
    var others = running.values().stream().distinct().toList();
    if (others.size() == 1) {
      return others.get(0);
    }
    throw new IllegalStateException(
        others.isEmpty()
            ? "no test runs that has an emulator; use it in a test or in a @BeforeEach method"
            : others.size()
                + " tests run that have emulators, and this thread is of none; take the KvsLocal"
                + " as a parameter of the test and hand it over");
  }

  /** {@link KvsLocal#endpoint} of {@link #emulator}. */
  public URI endpoint() {
    return emulator().endpoint();
  }

  /** {@link KvsLocal#sslContext} of {@link #emulator}. */
  public SSLContext sslContext() {
    return emulator().sslContext();
  }

  /** {@link KvsLocal#clock} of {@link #emulator}. */
  public EmulatorClock clock() {
    return emulator().clock();
  }

  /** {@link KvsLocal#journal} of {@link #emulator}. */
  public EmulatorJournal journal() {
    return emulator().journal();
  }

  /** {@link KvsLocal#faults} of {@link #emulator}. */
  public EmulatorFaults faults() {
    return emulator().faults();
  }

  /** {@link KvsLocal#createChannel} of {@link #emulator}. */
  public RecordedChannel createChannel(String name) {
    return emulator().createChannel(name);
  }

  /** {@link KvsLocal#recording} of {@link #emulator}. */
  public Recording recording(String name) {
    return emulator().recording(name);
  }

  private Plan plan(ExtensionContext context) {
    return plan == null ? Plan.annotated(context) : plan;
  }

  private static EmulatorPool pool(ExtensionContext context, Plan plan) {
    return context
        .getStore(HERE)
        .getOrComputeIfAbsent(plan, its -> new EmulatorPool(its.options()), EmulatorPool.class);
  }

  private static SharedEmulator shared(ExtensionContext context, Plan plan) {
    return context
        .getRoot()
        .getStore(HERE)
        .getOrComputeIfAbsent(
            plan, its -> SharedEmulator.start(its.options()), SharedEmulator.class);
  }

  /** What the emulators of an extension are told. Every method returns this builder. */
  public static final class Builder {
    private KvsLocalBuilder emulator = KvsLocal.builder();
    private boolean shared;

    private Builder() {}

    /** {@link KvsLocalBuilder#channels}: what can be recorded when a test begins. */
    public Builder channels(String... names) {
      emulator = emulator.channels(names);
      return this;
    }

    /** Any other option, such as {@code configure(its -> its.quotas(DOCUMENTED))}. */
    public Builder configure(UnaryOperator<KvsLocalBuilder> options) {
      emulator = options.apply(emulator);
      return this;
    }

    /**
     * One emulator for all classes of the run that want the same options, from the first test until
     * the run ends. It is never reset, since other tests may be using it: let each test have
     * channels of its own. By default each test has a fresh one alone.
     */
    public Builder shared() {
      shared = true;
      return this;
    }

    /** The extension, to be a static field with {@code @RegisterExtension}. */
    public KvsLocalExtension build() {
      return new KvsLocalExtension(new Plan(emulator.options(), shared));
    }
  }
}
