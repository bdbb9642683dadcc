package org.farthing.junit;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Does what {@link RegtestTest} says. Registered by hand it takes any settings:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RegtestExtension REGTEST =
 *     RegtestExtension.of(3, node -> node.coins(1).rpcLogin("alice", "secret"));
 * }</pre>
 */
public final class RegtestExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(RegtestExtension.class);

  /** The network of an outermost class, in the store of that class. */
  private static final String SHARED = "shared";

  /** A {@link Level}, in the store of each class. */
  private static final String LEVEL = "level";

  /** The network of a single test, in the store of that test. */
  private static final String OWN = "own";

  private final Optional<Settings> settings;

  /** With the settings of {@link RegtestTest}, or the usual ones where that is missing. */
  public RegtestExtension() {
    this.settings = Optional.empty();
  }

  private RegtestExtension(Settings settings) {
    this.settings = Optional.of(settings);
  }

  /**
   * With settings of any kind.
   *
   * @param nodes how many there are, connected to each other
   * @param each applied to the builder of each of them
   */
  public static RegtestExtension of(int nodes, UnaryOperator<RegtestBuilder> each) {
    return new RegtestExtension(new Settings(nodes, each));
  }

  private record Settings(int nodes, UnaryOperator<RegtestBuilder> each) {
    static Settings of(RegtestTest wanted) {
      return new Settings(wanted.nodes(), builder -> apply(wanted, builder));
    }

    private static RegtestBuilder apply(RegtestTest wanted, RegtestBuilder builder) {
      builder.coins(wanted.coins());
      if (!wanted.time().isEmpty()) {
        builder.time(Instant.parse(wanted.time()));
      }
      for (String option : wanted.options()) {
        int equals = option.indexOf('=');
        if (equals < 0) {
          throw new ExtensionConfigurationException("expected name=value, not '" + option + "'");
        }
        builder.option(option.substring(0, equals), option.substring(equals + 1));
      }
      return builder;
    }

    RegtestNetwork start() {
      return RegtestNetwork.of(nodes, each);
    }
  }

  private Settings settingsFor(ExtensionContext context) {
    if (settings.isPresent()) {
      return settings.get();
    }
    for (Optional<ExtensionContext> at = Optional.of(context);
        at.isPresent();
        at = at.get().getParent()) {
      Optional<RegtestTest> wanted =
          AnnotationSupport.findAnnotation(at.get().getElement(), RegtestTest.class);
      if (wanted.isPresent()) {
        return Settings.of(wanted.get());
      }
    }
    return new Settings(1, builder -> builder);
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  private static Optional<SharedNetwork> shared(ExtensionContext context) {
    return Optional.ofNullable(store(context).get(SHARED, SharedNetwork.class));
  }

  private static SharedNetwork.Level level(ExtensionContext context) {
    return store(context).get(LEVEL, SharedNetwork.Level.class);
  }

  private static boolean runsBesideOthers(ExtensionContext context) {
    return context.getTestMethod().isPresent()
        && context.getExecutionMode() == ExecutionMode.CONCURRENT;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Optional<SharedNetwork> outer = shared(context);
    if (outer.isPresent()) {
      // A nested class: what its @BeforeAll methods do ends with it.
      outer.get().begin(level(context));
    } else {
      Settings wanted = settingsFor(context);
      store(context).put(SHARED, new SharedNetwork(context.getUniqueId(), wanted::start));
    }
    store(context).put(LEVEL, new SharedNetwork.Level());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Optional<SharedNetwork> shared = shared(context);
    if (shared.isEmpty()) {
      return;
    }
    if (!runsBesideOthers(context)) {
      shared.get().begin(level(context));
    } else if (shared.get().isRunning()) {
      throw new ExtensionConfigurationException(
          "The tests of this class run at the same time, so that each has a node of its own: take"
              + " it as a parameter of the test or of @BeforeEach, not of @BeforeAll or of the"
              + " constructor, or let the tests run in the same thread.");
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == RegtestNode.class || type == RegtestNetwork.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    RegtestNetwork network = network(context);
    return parameter.getParameter().getType() == RegtestNode.class ? network.node(0) : network;
  }

  private RegtestNetwork network(ExtensionContext context) {
    Optional<SharedNetwork> shared = shared(context);
    if (shared.isPresent() && !runsBesideOthers(context)) {
      return shared.get().network();
    }
    RegtestNetwork own = store(context).get(OWN, RegtestNetwork.class);
    if (own == null) {
      own = settingsFor(context).start();
      store(context).put(OWN, own);
    }
    return own;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    RegtestNetwork own = store(context).remove(OWN, RegtestNetwork.class);
    if (own != null) {
      own.close();
    } else if (!runsBesideOthers(context)) {
      shared(context).ifPresent(network -> network.goBack(level(context)));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    SharedNetwork shared = shared(context).orElseThrow();
    if (shared.isOf(context.getUniqueId())) {
      shared.close();
    } else {
      shared.goBack(level(context.getParent().orElseThrow()));
    }
  }
}
