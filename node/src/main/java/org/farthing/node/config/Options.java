package org.farthing.node.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;

/**
 * Merges the sources of options, and parses them once. The command line wins over the environment,
 * and the environment over the file.
 */
public final class Options {
  private static final int DEFAULT_MAX_CONNECTIONS = 125;
  private static final int DEFAULT_RPC_THREADS = 16;
  private static final int DEFAULT_RPC_WORK_QUEUE = 64;
  private static final int DEFAULT_RPC_TIMEOUT_SECONDS = 30;
  private static final int DEFAULT_DB_CACHE_MIB = 128;
  private static final int DEFAULT_MAX_MEMPOOL_MB = 300;
  private static final long DEFAULT_MIN_RELAY_SAT_PER_KVB = 100;

  private final OptionReader in;
  private final ConsensusParams params;
  private final DataDirectory data;

  private Options(OptionReader in, ConsensusParams params, DataDirectory data) {
    this.in = in;
    this.params = params;
    this.data = data;
  }

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
    ConsensusParams params = network(common);
    String name = params.network().name();
    OptionReader merged = withoutFile;
    if (file.isPresent()) {
      merged = withoutFile.with(ConfigFile.read(file.get(), name, warnings));
    }
    Options options = new Options(merged.with(defaults), params, DataDirectory.of(base, name));
    return new Parsed(options.config(), warnings);
  }

  private static Optional<Path> configFile(OptionReader in, Path base) throws ConfigException {
    Optional<Path> chosen = in.path(Option.CONF).map(base::resolve);
    if (chosen.isPresent()) {
      return chosen;
    }
    Path usual = base.resolve(DataDirectory.CONFIG_FILE);
    return Files.exists(usual) ? Optional.of(usual) : Optional.empty();
  }

  private static ConsensusParams network(OptionReader in) throws ConfigException {
    String name = in.text(Option.NETWORK).orElse(ConsensusParams.testnet().network().name());
    Optional<ConsensusParams> found =
        ConsensusParams.runnable().filter(p -> p.network().name().equals(name)).findFirst();
    if (found.isEmpty()) {
      String known =
          ConsensusParams.runnable()
              .map(p -> p.network().name())
              .collect(Collectors.joining(" or "));
      throw new ConfigException("network: '" + name + "' is not known; use " + known);
    }
    return found.get();
  }

  private NodeConfig config() throws ConfigException {
    return new NodeConfig(identity(), data, p2p(), rpc(), mining(), limits(), log());
  }

  private NodeConfig.Identity identity() throws ConfigException {
    OptionalLong mockTime =
        in.has(Option.MOCK_TIME)
            ? OptionalLong.of(in.number(Option.MOCK_TIME, 0, 0, 0xffffffffL))
            : OptionalLong.empty();
    for (String comment : in.all(Option.UA_COMMENT)) {
      if (!comment.matches("[A-Za-z0-9 .,;_?@-]*")) {
        throw new ConfigException("ua-comment: '" + comment + "' has unsafe characters");
      }
    }
    return new NodeConfig.Identity(
        params, in.all(Option.UA_COMMENT), mockTime, in.all(Option.WALLET));
  }

  private P2pConfig p2p() throws ConfigException {
    List<String> connect = in.all(Option.CONNECT);
    // Told to connect to some only, a node does not wait for others, unless it is told to.
    boolean listen = in.flag(Option.LISTEN, connect.isEmpty() || in.has(Option.PORT));
    return new P2pConfig(
        listen,
        in.text(Option.BIND).orElse("0.0.0.0"),
        in.port(Option.PORT, ports().p2p()),
        connect,
        in.all(Option.ADD_NODE),
        in.all(Option.SEED),
        in.integer(Option.MAX_CONNECTIONS, DEFAULT_MAX_CONNECTIONS, 0, 10_000));
  }

  private RpcConfig rpc() throws ConfigException {
    List<RpcLogin> logins = new ArrayList<>();
    Optional<String> password = in.text(Option.RPC_PASSWORD).filter(text -> !text.isEmpty());
    if (in.has(Option.RPC_USER) && password.isEmpty()) {
      throw new ConfigException("rpc-user needs rpc-password");
    }
    password.ifPresent(
        secret -> logins.add(RpcLogin.ofPassword(in.text(Option.RPC_USER).orElse(""), secret)));
    for (String text : in.all(Option.RPC_AUTH)) {
      logins.add(RpcLogin.parse(text));
    }
    return new RpcConfig(
        in.text(Option.RPC_BIND).orElse("127.0.0.1"),
        in.port(Option.RPC_PORT, ports().rpc()),
        logins,
        password.isEmpty(),
        in.integer(Option.RPC_THREADS, DEFAULT_RPC_THREADS, 1, 1024),
        in.integer(Option.RPC_WORK_QUEUE, DEFAULT_RPC_WORK_QUEUE, 1, 100_000),
        in.integer(Option.RPC_SERVER_TIMEOUT, DEFAULT_RPC_TIMEOUT_SECONDS, 1, 86_400));
  }

  private MiningConfig mining() throws ConfigException {
    return new MiningConfig(in.integer(Option.MINE, 0, 0, 1024), in.text(Option.MINE_TO));
  }

  private LimitsConfig limits() throws ConfigException {
    return new LimitsConfig(
        in.integer(Option.DB_CACHE, DEFAULT_DB_CACHE_MIB, 4, 1 << 20),
        in.integer(Option.MAX_MEMPOOL, DEFAULT_MAX_MEMPOOL_MB, 5, 100_000),
        in.amountSat(Option.MIN_RELAY_FEE, DEFAULT_MIN_RELAY_SAT_PER_KVB),
        in.integer(Option.WORKERS, 0, 0, 1024));
  }

  private LogConfig log() throws ConfigException {
    return new LogConfig(
        in.choice(Option.LOG_LEVEL, LogConfig.Level.INFO), in.flag(Option.PRINT_TO_CONSOLE, false));
  }

  private Network.Ports ports() {
    return params.network().ports();
  }
}
