package org.farthing.node.config.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.NodeConfigReader;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionReader;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.Options;

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
   * @param notices warnings that are to be seen on the terminal too
   */
  public record Result(Options.Parsed parsed, List<String> notices) {
    public Result {
      notices = List.copyOf(notices);
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
    OptionValues variables = Options.environment(environment, warnings);
    OptionReader in =
        exposed(
            new OptionReader(List.of(sources.commandLine(), variables, sources.file())), warnings);
    DataDirectory usual = DataDirectory.of(base, network);
    DataDirectory data =
        new DataDirectory(
            usual.base(), usual.folder(), usual.folder().resolve(PID_FILE), usual.log());
    return new Result(
        new Options.Parsed(NodeConfigReader.read(in, network, data), warnings), notices());
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
    Path path = Path.of(text.get()).toAbsolutePath().normalize();
    if (!Files.isDirectory(path)) {
      throw new ConfigException("Specified data directory \"" + text.get() + "\" does not exist.");
    }
    return Optional.of(path);
  }

  private void readFiles(Path base) throws ConfigException {
    Optional<CoreSetting> conf = arguments.last("conf");
    if (conf.isPresent() && conf.get().negated()) {
      return;
    }
    String name = conf.map(CoreSetting::value).filter(v -> !v.isEmpty()).orElse(CONFIG_FILE);
    Path path = base.resolve(name);
    if (Files.isDirectory(path)) {
      throw CoreFile.failure("Config file \"" + path + "\" is a directory.");
    }
    if (!Files.isReadable(path)) {
      if (conf.isPresent()) {
        throw CoreFile.failure("specified config file \"" + path + "\" could not be opened.");
      }
      return;
    }
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
      Path path = base.resolve(name);
      if (Files.isDirectory(path)) {
        throw CoreFile.failure("Included config file \"" + path + "\" is a directory.");
      }
      if (!Files.isReadable(path)) {
        throw CoreFile.failure("Failed to include configuration file " + name);
      }
      take(CoreFile.read(path, name));
    }
  }

  private void take(CoreFile read) {
    file.addAll(read.settings());
    sections.addAll(read.sections());
  }

  private List<String> notices() {
    StringBuilder unknown = new StringBuilder();
    for (CoreFile.Section section : sections) {
      if (!SECTIONS.contains(section.name())) {
        unknown.append(section.place() + " Section [" + section.name() + "] is not recognized.\n");
      }
    }
    return unknown.isEmpty() ? List.of() : List.of(unknown.toString().stripTrailing());
  }
}
