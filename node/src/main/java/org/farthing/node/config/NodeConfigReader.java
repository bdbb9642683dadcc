package org.farthing.node.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Difficulty;
import org.farthing.consensus.params.Network;

/** Makes a configuration of options, whichever dialect they came in. */
public final class NodeConfigReader {
  private static final int DEFAULT_MAX_CONNECTIONS = 125;
  private static final int DEFAULT_INBOUND_RELAY_PERCENT = 50;
  private static final long DEFAULT_BAN_SECONDS = 24 * 60 * 60;
  private static final int THOUSAND = 1000;
  private static final int DEFAULT_SEND_BUFFER = 1000;
  private static final int DEFAULT_RECEIVE_BUFFER = 5000;
  private static final int MAX_BUFFER = 1_000_000;
  private static final int MAX_DEFAULT_DB_CACHE_MIB = 450;

  /** The heap is a quarter of the machine, or of the container, where nobody says otherwise. */
  private static final int DB_CACHE_PART_OF_HEAP = 2;

  /** And what waits for a block not more than this. */
  private static final int MEMPOOL_PART_OF_HEAP = 3;

  private static final int LEAST_MEMORY_MIB = 256;

  private static final int DEFAULT_MAX_MEMPOOL_MB = 300;
  private static final int DEFAULT_SIG_CACHE_MIB = 32;

  /** The operator's own transactions only. */
  private static final int BLOCKS_ONLY_MAX_MEMPOOL_MB = 5;

  private static final int DEFAULT_CLUSTER_VBYTES = 101_000;

  /** So many bytes of the mempool at least for each virtual byte of a cluster, as Bitcoin Core. */
  private static final int CLUSTERS_IN_MEMPOOL = 40;

  private static final String NONE = "0";

  private final OptionReader in;
  private final ConsensusParams params;
  private final Optional<DataDirectory> data;

  private NodeConfigReader(OptionReader in, String network, Optional<DataDirectory> data)
      throws ConfigException {
    this.in = in;
    this.params = NetworkReader.params(in, network);
    this.data = data;
  }

  /**
   * Reads all options.
   *
   * @param network its name, known to exist
   * @param data with the usual names of files
   * @throws ConfigException names the option, and what would be right
   */
  public static NodeConfig read(OptionReader in, String network, DataDirectory data)
      throws ConfigException {
    return new NodeConfigReader(in, network, Optional.of(data)).config();
  }

  /**
   * Reads the options of a node that writes no file.
   *
   * @param network its name, known to exist
   * @throws ConfigException names the option, and what would be right
   */
  public static NodeConfig readInMemory(OptionReader in, String network) throws ConfigException {
    return new NodeConfigReader(in, network, Optional.empty()).config();
  }

  /** What is given and counts for nothing, in Bitcoin Core's words. */
  public static List<String> ignored(OptionReader in) {
    return in.allAsGiven(Option.ADD_NODE).stream()
        .filter(String::isBlank)
        .map(name -> "Ignoring empty -addnode value")
        .toList();
  }

  private NodeConfig config() throws ConfigException {
    PolicyConfig policy = policy();
    return new NodeConfig(
        identity(),
        files(),
        ChainConfigReader.read(in),
        p2p(),
        RpcConfigReader.read(in, data, ports().rpc()),
        MiningConfigReader.read(in),
        new NodeConfig.ResourceConfig(
            limits(policy.clusters()),
            policy,
            LogConfigReader.read(in),
            notifications(),
            PublishConfigReader.read(in)));
  }

  private Optional<DataDirectory> files() throws ConfigException {
    Optional<Path> pid = in.path(Option.PID);
    Optional<Path> log =
        in.isOff(Option.DEBUG_LOG_FILE) ? Optional.empty() : in.path(Option.DEBUG_LOG_FILE);
    return data.map(usual -> usual.with(pid.orElse(usual.pid()), log.orElse(usual.log())));
  }

  private NodeConfig.Identity identity() throws ConfigException {
    OptionalLong mockTime = in.optionalNumber(Option.MOCK_TIME, 0, 0xffffffffL);
    for (String comment : in.all(Option.UA_COMMENT)) {
      if (!comment.matches("[A-Za-z0-9 .,;_?@-]*")) {
        throw new ConfigException(
            "User Agent comment (" + comment + ") contains unsafe characters.");
      }
    }
    return new NodeConfig.Identity(
        params, in.all(Option.UA_COMMENT), mockTime, WalletConfigReader.read(in));
  }

  private PolicyConfig policy() throws ConfigException {
    PolicyConfig policy = PolicyConfigReader.read(in);
    if (policy.fees().acceptStale() && !(params.difficulty() instanceof Difficulty.Fixed)) {
      throw new ConfigException(
          "acceptstalefeeestimates is not supported on " + params.network() + " chain.");
    }
    return policy;
  }

  private P2pConfig p2p() throws ConfigException {
    List<String> connect = new ArrayList<>(in.all(Option.CONNECT));
    boolean automatic = connect.isEmpty() && !in.isNegated(Option.CONNECT);
    if (connect.equals(List.of(NONE))) {
      connect.clear();
    }
    // Told to connect to some only, to nobody or through a proxy, a node does not wait for others,
    // unless it is told to.
    boolean bound = in.has(Option.BIND) || in.has(Option.WHITE_BIND);
    if (bound && !in.flag(Option.LISTEN, true)) {
      throw new ConfigException("Cannot set -bind or -whitebind together with -listen=0");
    }
    boolean place = in.has(Option.PORT) || bound;
    List<BindAddress> binds = new ArrayList<>();
    for (String text : in.allAsGiven(Option.BIND)) {
      binds.add(BindAddress.parse(text));
    }
    P2pConfig.Peers peers = peers();
    boolean finds = automatic && peers.maxConnections() > 0;
    boolean open = finds && !ReachConfigReader.hasProxy(in);
    boolean listens = in.flag(Option.LISTEN, open || place);
    peers.whitelist().doors().forEach(door -> binds.add(door.at()));
    int port = in.port(Option.PORT, ports().p2p());
    BindAddress.checkDistinct(binds, port);
    P2pConfig.Link link = link();
    List<String> added = in.all(Option.ADD_NODE).stream().filter(name -> !name.isBlank()).toList();
    PrivacyConfig privacy = PrivacyConfigReader.read(in, listens, automatic);
    return new P2pConfig(
        listens,
        binds,
        port,
        link,
        new P2pConfig.Outgoing(automatic, connect, added, in.all(Option.SEED)),
        peers,
        privacy,
        AddressConfigReader.read(in, params.network().name(), privacy.reach(), listens, finds));
  }

  private P2pConfig.Link link() throws ConfigException {
    return new P2pConfig.Link(
        in.flag(Option.V2_TRANSPORT, true),
        in.flag(Option.CAPTURE_MESSAGES, false),
        in.integer(Option.MAX_SEND_BUFFER, DEFAULT_SEND_BUFFER, 1, MAX_BUFFER) * THOUSAND,
        in.integer(Option.MAX_RECEIVE_BUFFER, DEFAULT_RECEIVE_BUFFER, 1, MAX_BUFFER) * THOUSAND);
  }

  private P2pConfig.Peers peers() throws ConfigException {
    boolean blocksOnly = in.flag(Option.BLOCKS_ONLY, false);
    return new P2pConfig.Peers(
        in.integer(Option.MAX_CONNECTIONS, DEFAULT_MAX_CONNECTIONS, 0, 10_000),
        relayPercent(),
        patience(),
        blocksOnly,
        serving(),
        WhitelistReader.read(in),
        in.number(Option.BAN_TIME, DEFAULT_BAN_SECONDS, 0, Long.MAX_VALUE),
        in.flag(Option.NETWORK_ACTIVE, true));
  }

  private P2pConfig.Serving serving() throws ConfigException {
    P2pConfig.Serving usual = P2pConfig.Serving.USUAL;
    return new P2pConfig.Serving(
        offersBlockFilters(),
        in.flag(Option.PEER_BLOOM_FILTERS, usual.bloomFilters()),
        ByteUnits.read(in, Option.MAX_UPLOAD_TARGET),
        in.integer(
            Option.BLOCK_RECONSTRUCTION_EXTRA_TXN,
            usual.extraTransactions(),
            0,
            Integer.MAX_VALUE));
  }

  private int relayPercent() throws ConfigException {
    long percent =
        in.number(
            Option.INBOUND_RELAY_PERCENT,
            DEFAULT_INBOUND_RELAY_PERCENT,
            Long.MIN_VALUE,
            Long.MAX_VALUE);
    return (int) Math.max(0, Math.min(100, percent));
  }

  private P2pConfig.Patience patience() throws ConfigException {
    P2pConfig.Patience usual = P2pConfig.Patience.USUAL;
    int seconds =
        in.integer(
            Option.PEER_TIMEOUT, usual.handshakeSeconds(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    if (seconds <= 0) {
      throw new ConfigException("peertimeout must be a positive integer.");
    }
    int millis =
        in.integer(Option.TIMEOUT, usual.connectMillis(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    return new P2pConfig.Patience(millis > 0 ? millis : usual.connectMillis(), seconds);
  }

  private boolean offersBlockFilters() throws ConfigException {
    boolean offered = in.flag(Option.PEER_BLOCK_FILTERS, false);
    if (offered && !ChainConfigReader.blockFilters(in)) {
      throw new ConfigException("Cannot set -peerblockfilters without -blockfilterindex.");
    }
    return offered;
  }

  private LimitsConfig limits(PolicyConfig.Clusters clusters) throws ConfigException {
    int memoryMib = memoryMib();
    int usualMempoolMb =
        in.flag(Option.BLOCKS_ONLY, false)
            ? BLOCKS_ONLY_MAX_MEMPOOL_MB
            : partOfHeapMib(MEMPOOL_PART_OF_HEAP, DEFAULT_MAX_MEMPOOL_MB);
    int mempoolMb = in.integer(Option.MAX_MEMPOOL, usualMempoolMb, 0, 100_000);
    int clusterVbytes = clusters.maxVbytes().orElse(DEFAULT_CLUSTER_VBYTES);
    double leastMb = Math.ceil((double) clusterVbytes * CLUSTERS_IN_MEMPOOL / 1_000_000);
    if (mempoolMb > 0 && mempoolMb < leastMb) {
      throw new ConfigException("-maxmempool must be at least %.0f MB".formatted(leastMb));
    }
    return new LimitsConfig(
        memoryMib,
        in.integer(
            Option.DB_CACHE,
            partOfHeapMib(DB_CACHE_PART_OF_HEAP, MAX_DEFAULT_DB_CACHE_MIB),
            Integer.MIN_VALUE,
            1 << 20),
        mempoolMb,
        in.integer(Option.MAX_SIG_CACHE_SIZE, DEFAULT_SIG_CACHE_MIB, 0, 16_384),
        in.integer(Option.WORKERS, 0, 0, 1024));
  }

  private int memoryMib() throws ConfigException {
    int memoryMib = in.integer(Option.MEMORY, 0, 0, 1 << 20);
    if (memoryMib > 0 && memoryMib < LEAST_MEMORY_MIB) {
      throw new ConfigException(
          "--memory must be at least %d MiB, not %d".formatted(LEAST_MEMORY_MIB, memoryMib));
    }
    return memoryMib;
  }

  private static int partOfHeapMib(int part, int most) {
    return (int) Math.min(most, (Runtime.getRuntime().maxMemory() / part) >> 20);
  }

  private NotifyConfig notifications() {
    return new NotifyConfig(
        in.text(Option.ALERT_NOTIFY),
        in.text(Option.BLOCK_NOTIFY),
        in.text(Option.WALLET_NOTIFY),
        in.text(Option.STARTUP_NOTIFY),
        in.all(Option.SHUTDOWN_NOTIFY));
  }

  private Network.Ports ports() {
    return params.network().ports();
  }
}
