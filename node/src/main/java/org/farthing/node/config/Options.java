package org.farthing.node.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Merges the sources of options, and parses them once. The command line wins over the environment,
 * and the environment over the file. This is Farthing's own dialect; Bitcoin Core's stands in
 * {@code config.core} and comes to the same configuration.
 */
public final class Options {
  private Options() {}

  /**
   * What came out.
   *
   * @param warnings what a person should be told: an unknown line of the file, for example
   */
  public record Parsed(NodeConfig config, List<String> warnings) {
    public Parsed {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Reads the configuration file, if there is one, and merges all sources.
   *
   * @param commandLine what the command line says
   * @param environment the variables of the process; only those that begin with FARTHING_ count
   * @throws ConfigException names the option, and what would be right
   */
  public static Parsed parse(OptionValues commandLine, Map<String, String> environment)
      throws ConfigException {
    return parse(commandLine, environment, new OptionValues());
  }

  /**
   * The same, with defaults that differ from the usual ones.
   *
   * @param defaults count where no source says anything else
   */
  public static Parsed parse(
      OptionValues commandLine, Map<String, String> environment, OptionValues defaults)
      throws ConfigException {
    List<String> warnings = new ArrayList<>();
    OptionValues variables = Environment.read(environment, warnings);
    OptionReader withoutFile = new OptionReader(List.of(commandLine, variables));
    Path base = withoutFile.path(Option.DATA_DIR).orElseGet(DataDirectory::defaultBase);
    Optional<Path> file = configFile(withoutFile, base);
    OptionReader common = withoutFile;
    if (file.isPresent()) {
      common = withoutFile.with(ConfigFile.readCommon(file.get()));
    }
    String network = NetworkReader.name(common);
    OptionReader merged = withoutFile;
    if (file.isPresent()) {
      merged = withoutFile.with(ConfigFile.read(file.get(), network, warnings));
    }
    DataDirectory data = DataDirectory.of(base, network);
    OptionReader all = merged.with(defaults);
    checkLogins(all);
    warnings.addAll(NodeConfigReader.ignored(all));
    return new Parsed(NodeConfigReader.read(all, network, data), warnings);
  }

  /** What Bitcoin Core finds out later, or not at all. */
  private static void checkLogins(OptionReader in) throws ConfigException {
    boolean password = in.text(Option.RPC_PASSWORD).filter(text -> !text.isEmpty()).isPresent();
    if (in.has(Option.RPC_USER) && !password) {
      throw new ConfigException("rpc-user needs rpc-password");
    }
    for (String text : in.all(Option.RPC_AUTH)) {
      RpcLogin.parse(text);
    }
  }

  /** What the variables of the process say; those whose names begin with FARTHING_. */
  public static OptionValues environment(Map<String, String> variables, List<String> warnings) {
    return Environment.read(variables, warnings);
  }

  private static Optional<Path> configFile(OptionReader in, Path base) throws ConfigException {
    Optional<Path> chosen = in.path(Option.CONF).map(base::resolve);
    if (chosen.isPresent()) {
      return chosen;
    }
    Path usual = base.resolve(DataDirectory.CONFIG_FILE);
    return Files.exists(usual) ? Optional.of(usual) : Optional.empty();
  }
}
