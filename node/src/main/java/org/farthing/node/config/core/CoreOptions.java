package org.farthing.node.config.core;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.NodeConfigReader;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionReader;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.Options;
import org.farthing.node.config.P2pConfig;

/**
 * The options of {@code bitcoind}: its command line, and {@code bitcoin.conf} in the data
 * directory. Variables of the environment ({@code FARTHING_…}) stand between the two.
 */
public final class CoreOptions {
  private static final String CONFIG_FILE = "bitcoin.conf";
  private static final String PID_FILE = "bitcoind.pid";
  private static final Set<String> SECTIONS =
      Set.of("main", "test", "testnet4", "signet", "regtest", "testnet");

  private final CoreArguments arguments;
  private final List<CoreSetting> file = new ArrayList<>();
  private final List<CoreFile.Section> sections = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final List<String> doubtful = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();

  private CoreOptions(CoreArguments arguments) {
    this.arguments = arguments;
  }

  /** What the command line asks for instead of a node. */
  public enum Request {
    NODE,
    HELP,
    VERSION
  }

  /**
   * What came out.
   *
   * @param parsed with warnings for the log
   * @param notices warnings that are to be seen on the terminal too, as they stand there
   * @param remarks for the log: where the options come from
   */
  public record Result(Options.Parsed parsed, List<String> notices, List<String> remarks) {
    public Result {
      notices = List.copyOf(notices);
      remarks = List.copyOf(remarks);
    }
  }

  /** Reads the command line. */
  public static CoreOptions of(List<String> commandLine) throws ConfigException {
    return new CoreOptions(CoreArguments.parse(commandLine));
  }

  public Request request() {
    if (arguments.isTrue("version")) {
      return Request.VERSION;
    }
    boolean help = List.of("?", "h", "help", "help-debug").stream().anyMatch(arguments::isTrue);
    return help ? Request.HELP : Request.NODE;
  }

  /**
   * Reads the files, and merges all sources.
   *
   * @param environment the variables of the process; only those that begin with FARTHING_ count
   * @throws ConfigException in Bitcoin Core's words where it has some
   */
  public Result read(Map<String, String> environment) throws ConfigException {
    Optional<Path> chosen = dataDirectory(arguments.settings());
    Path base = chosen.orElseGet(CoreOptions::defaultBase);
    readFiles(base);
    // The file may move everything but itself elsewhere.
    if (chosen.isEmpty()) {
      base = dataDirectory(file).orElse(base);
    }
    String network = CoreNetwork.chosen(arguments.settings(), file);
    CoreNetwork.checkOffered(network, CoreNetwork.byChain(arguments.settings(), file));
    CoreSources sources = new CoreSources(arguments.settings(), file, network);
    List<String> warnings = new ArrayList<>(sources.check());
    warnings.addAll(doubtful);
    if (file.stream().anyMatch(s -> s.name().equals("reindex") && s.isTrue())) {
      warnings.add(
          "reindex=1 is set in the configuration file, which will significantly slow down startup."
              + " Consider removing or commenting out this option for better performance, unless"
              + " there is currently a condition which makes rebuilding the indexes necessary");
    }
    doubleNegatives().forEach(warnings::add);
    remarks.addAll(sources.shown());
    OptionValues variables = Options.environment(environment, warnings);
    OptionReader in =
        exposed(
            new OptionReader(
                List.of(sources.commandLine(), variables, sources.file(), usualInCore())),
            warnings);
    warnings.addAll(NodeConfigReader.ignored(in));
    DataDirectory usual = DataDirectory.of(base, network);
    DataDirectory data =
        new DataDirectory(
            usual.base(), usual.folder(), usual.folder().resolve(PID_FILE), usual.log());
    NodeConfig config = NodeConfigReader.read(in, network, data);
    remarks.addAll(CoreInteractions.of(in, config.p2p()));
    return new Result(new Options.Parsed(config, warnings), notices(config.p2p()), remarks);
  }

  /** What options stand for in Bitcoin Core where nobody sets them, and not in Farthing. */
  private static OptionValues usualInCore() {
    OptionValues usual = new OptionValues();
    usual.add(Option.FALLBACK_FEE, "0");
    usual.add(Option.GUESS_FEES, "0");
    usual.add(Option.LOCAL_GOSSIP, "0");
    usual.add(Option.TOR_CONTROL, "127.0.0.1:9051");
    return usual;
  }

  private Stream<String> doubleNegatives() {
    return Stream.concat(arguments.settings().stream(), file.stream())
        .filter(setting -> setting.negation() == CoreSetting.Negation.TWICE)
        .map(
            setting ->
                "Parsed potentially confusing double-negative -%s=0".formatted(setting.name()));
  }

  /** Nobody opens RPC to other machines without saying which. */
  private static OptionReader exposed(OptionReader in, List<String> warnings) {
    boolean bind = in.has(Option.RPC_BIND);
    boolean allow = in.has(Option.RPC_ALLOW_IP);
    if (allow && !bind) {
      warnings.add(
          "Option -rpcallowip was specified without -rpcbind; this doesn't usually make sense");
    }
    if (!bind || allow) {
      return in;
    }
    warnings.add(
        "Option -rpcbind was ignored because -rpcallowip was not specified, refusing to allow"
            + " everyone to connect");
    return in.without(Option.RPC_BIND);
  }

  /** Whether Bitcoin Core has the option too. */
  public static boolean hasName(Option option) {
    return CoreName.of(option.squeezed()).filter(new CoreName.Ours(option)::equals).isPresent();
  }

  /** Where Bitcoin Core keeps its things. */
  static Path defaultBase() {
    return Path.of(System.getProperty("user.home"), ".bitcoin");
  }

  private static Optional<Path> dataDirectory(List<CoreSetting> settings) throws ConfigException {
    Optional<String> text =
        settings.stream()
            .filter(setting -> setting.name().equals("datadir") && !setting.negated())
            .map(CoreSetting::value)
            .reduce((first, second) -> second)
            .filter(value -> !value.isEmpty());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Path path = resolved(Path.of(""), text.get()).toAbsolutePath().normalize();
    if (!Files.isDirectory(path)) {
      throw new ConfigException("Specified data directory \"" + text.get() + "\" does not exist.");
    }
    return Optional.of(path);
  }

  private static Path resolved(Path base, String name) throws ConfigException {
    try {
      return base.resolve(name);
    } catch (InvalidPathException e) {
      throw new ConfigException("not a path: " + name.replace("\0", "\\0"));
    }
  }

  private void readFiles(Path base) throws ConfigException {
    Optional<CoreSetting> conf = arguments.last("conf");
    if (conf.isPresent() && conf.get().negated()) {
      remarks.add("Config file: <disabled>");
      if (Files.exists(base.resolve(CONFIG_FILE))) {
        doubtful.add(
            "Data directory \"%s\" contains a \"%s\" file which is explicitly ignored using -noconf."
                .formatted(base, CONFIG_FILE));
      }
      return;
    }
    String name = conf.map(CoreSetting::value).filter(v -> !v.isEmpty()).orElse(CONFIG_FILE);
    Path path = resolved(base, name);
    if (Files.isDirectory(path)) {
      throw CoreFile.failure("Config file \"" + path + "\" is a directory.");
    }
    if (!Files.isReadable(path)) {
      if (conf.isPresent()) {
        throw CoreFile.failure("specified config file \"" + path + "\" could not be opened.");
      }
      remarks.add("Config file: " + path + " (not found, skipping)");
      return;
    }
    remarks.add("Config file: " + path);
    take(CoreFile.read(path, path.toString()));
    if (arguments.last("includeconf").isEmpty()) {
      readIncluded(base);
    }
  }

  private void readIncluded(Path base) throws ConfigException {
    String network = CoreNetwork.chosen(arguments.settings(), file);
    List<String> names = new ArrayList<>();
    for (String section : List.of(network, "")) {
      file.stream()
          .filter(s -> s.name().equals("includeconf") && s.section().equals(section))
          .map(CoreSetting::value)
          .forEach(names::add);
    }
    for (String name : names) {
      Path path = resolved(base, name);
      if (Files.isDirectory(path)) {
        throw CoreFile.failure("Included config file \"" + path + "\" is a directory.");
      }
      if (!Files.isReadable(path)) {
        throw CoreFile.failure("Failed to include configuration file " + name);
      }
      CoreFile included = CoreFile.read(path, name);
      included.settings().stream()
          .filter(setting -> setting.name().equals("includeconf"))
          .forEach(
              setting ->
                  ignored.add(
                      "warning: -includeconf cannot be used from included files; ignoring"
                          + " -includeconf="
                          + setting.value()));
      take(included);
    }
  }

  private void take(CoreFile read) {
    file.addAll(read.settings());
    sections.addAll(read.sections());
  }

  private List<String> notices(P2pConfig p2p) {
    StringBuilder unknown = new StringBuilder();
    for (CoreFile.Section section : sections) {
      if (!SECTIONS.contains(section.name())) {
        unknown.append(section.place() + " Section [" + section.name() + "] is not recognized.\n");
      }
    }
    List<String> all = new ArrayList<>(ignored);
    if (!unknown.isEmpty()) {
      all.add("Warning: " + unknown.toString().stripTrailing());
    }
    if (p2p.privacy().isCorrelated()) {
      all.add(
          "Warning: Private broadcast of own transactions requested (-privatebroadcast) and"
              + " -proxyrandomize is disabled. Tor circuits for private broadcast connections may"
              + " be correlated to other connections over Tor. For maximum privacy set"
              + " -proxyrandomize=1.");
    }
    return all;
  }
}
