package org.farthing.node.cli;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.client.RpcEndpoint;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.terminal.Terminal;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.Options;

/** What all commands share: the terminal, the environment, and which node they are about. */
final class Session implements AutoCloseable {
  /** Names that begin like options of a node, but are for the launcher or for us. */
  static final java.util.Set<String> NOT_OF_THE_NODE =
      java.util.Set.of("FARTHING_JAVA_OPTS", "FARTHING_NO_BUILD", Passphrases.VARIABLE);

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final NetworkOptions which = new NetworkOptions();
  private final LightOptions light = new LightOptions();
  private LightSession lightWallets;

  Session(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = Map.copyOf(environment);
  }

  Terminal terminal() {
    return terminal;
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  NetworkOptions which() {
    return which;
  }

  LightOptions light() {
    return light;
  }

  /** The options of a node: those of a command line over the environment, the file, defaults. */
  Options.Parsed options(OptionValues commandLine, OptionValues defaults) throws CliException {
    which.network().ifPresent(name -> commandLine.add(Option.NETWORK, name));
    which.data().ifPresent(path -> commandLine.add(Option.DATA_DIR, path.toString()));
    Map<String, String> variables = new TreeMap<>(environment);
    variables.keySet().removeAll(NOT_OF_THE_NODE);
    try {
      return Options.parse(commandLine, variables, defaults);
    } catch (ConfigException e) {
      throw CliException.usage(e.getMessage());
    }
  }

  private Options.Parsed options() throws CliException {
    return options(new OptionValues(), new OptionValues());
  }

  /** The node of the data directory, or the one that the options name. */
  RpcClient connect(ConnectionOptions connection) throws CliException {
    NodeConfig config = options().config();
    RpcEndpoint endpoint = RpcEndpoint.of(config);
    List<String> peers = light.peers();
    if (light.isWanted()) {
      lightWallets = LightSession.open(config, peers, terminal);
      return new RpcClient(endpoint, lightWallets);
    }
    return new RpcClient(connection.apply(endpoint, this));
  }

  /** Ends what the command has begun. */
  @Override
  public void close() {
    if (lightWallets != null) {
      lightWallets.close();
    }
  }

  /** Which network is meant; takes no node. */
  Network network() throws CliException {
    return options().config().params().network();
  }

  /** Where no node answers: another network of the same folder may have one. */
  Optional<String> runningElsewhere() {
    try {
      NodeConfig config = options().config();
      return ConsensusParams.runnable()
          .map(ConsensusParams::network)
          .map(Network::name)
          .filter(name -> !name.equals(config.params().network().name()))
          .filter(name -> Files.exists(DataDirectory.of(config.data().base(), name).rpcPort()))
          .findFirst();
    } catch (CliException e) {
      return Optional.empty();
    }
  }
}
