package org.farthing.node.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The options of a node, by one name each. Hyphens and underscores do not count, so that Bitcoin
 * Core's {@code rpcport} is our {@code rpc-port}, and {@code FARTHING_RPC_PORT} in the environment.
 */
public enum Option {
  NETWORK("network", "testnet, regtest or signet"),
  DATA_DIR("data-dir", "folder for everything that the node keeps"),
  CONF("conf", "configuration file; relative to the data directory"),
  LISTEN("listen", "accept connections from peers", Trait.FLAG),
  BIND(
      "bind",
      "address to listen on for peers, host or host:port; may be repeated",
      Trait.LIST,
      Trait.ONE_NETWORK),
  PORT("port", "port to listen on for peers; 0: any free one", Trait.ONE_NETWORK),
  CONNECT(
      "connect",
      "connect to this peer and to none but those named; 0: to none; may be repeated",
      Trait.LIST,
      Trait.ONE_NETWORK),
  ADD_NODE(
      "add-node",
      "connect to this peer too, and again when it is lost; may be repeated",
      Trait.LIST,
      Trait.ONE_NETWORK),
  SEED("seed", "a name that resolves to addresses of nodes; may be repeated", Trait.LIST),
  MAX_CONNECTIONS("max-connections", "peers at most"),
  SEED_NODE("seed-node", "a node to ask for addresses; may be repeated", Trait.LIST),
  DNS_SEED(
      "dns-seed",
      "look the names of --seed, and those of the network, up if peers are wanting",
      Trait.FLAG),
  FORCE_DNS_SEED("force-dns-seed", "look them up in any case", Trait.FLAG),
  FIXED_SEEDS(
      "fixed-seeds", "use addresses that are part of the program; there are none yet", Trait.FLAG),
  DISCOVER("discover", "find out at which addresses others reach this node", Trait.FLAG),
  EXTERNAL_IP(
      "external-ip", "address at which others reach this node; may be repeated", Trait.LIST),
  LOCAL_GOSSIP(
      "local-gossip",
      "tell peers nearby of addresses that only this machine or its private network reaches",
      Trait.FLAG),
  CHECK_ADDRMAN("check-addrman", "check the addresses of nodes once in so many uses; 0: never"),
  INBOUND_RELAY_PERCENT(
      "inbound-relay-percent",
      "of those who connect to this node, how many may be told of transactions"),
  BAN_TIME("ban-time", "seconds that a ban lasts if nobody says anything"),
  NETWORK_ACTIVE("network-active", "talk to peers from the start", Trait.FLAG),
  V2_TRANSPORT("v2-transport", "encrypt connections with peers that can (BIP324)", Trait.FLAG),
  MAX_SEND_BUFFER("max-send-buffer", "thousands of bytes that may wait to be sent to a peer"),
  MAX_RECEIVE_BUFFER(
      "max-receive-buffer", "thousands of bytes that may have come of a peer and wait"),
  CAPTURE_MESSAGES(
      "capture-messages",
      "write all messages of peers to files, for farthing messages",
      Trait.FLAG),
  TIMEOUT("timeout", "milliseconds that a connection to a peer may take to stand"),
  PEER_TIMEOUT("peer-timeout", "seconds that a new peer may take for the handshake"),
  WHITELIST(
      "whitelist",
      "permission,permission@subnet: peers that may do more; may be repeated",
      Trait.LIST),
  WHITE_BIND(
      "white-bind",
      "permission,permission@host:port: listen there too, for peers that may do more",
      Trait.LIST,
      Trait.ONE_NETWORK),
  WHITELIST_RELAY("whitelist-relay", "peers whitelisted without more words may relay", Trait.FLAG),
  WHITELIST_FORCE_RELAY(
      "whitelist-force-relay",
      "what they send is passed on even if it is known already",
      Trait.FLAG),
  PROXY(
      "proxy",
      "SOCKS5 proxy that leads to peers, host:port or unix:path; =ipv4, =ipv6, =onion or =cjdns"
          + " behind it: to those only; may be repeated",
      Trait.LIST),
  ONION("onion", "SOCKS5 proxy that leads to onion services; 0: none of them are called"),
  ONLY_NET(
      "only-net",
      "call peers of this network only, if nobody named them: ipv4, ipv6, onion, i2p or cjdns; may"
          + " be repeated",
      Trait.LIST),
  PROXY_RANDOMIZE(
      "proxy-randomize",
      "new credentials for each connection through a proxy: Tor gives each a way of its own",
      Trait.FLAG),
  DNS("dns", "look names of hosts up", Trait.FLAG),
  CJDNS_REACHABLE("cjdns-reachable", "addresses of fc00::/8 lead into CJDNS", Trait.FLAG),
  LISTEN_ONION("listen-onion", "have Tor make an onion service for this node", Trait.FLAG),
  TOR_CONTROL("tor-control", "where Tor takes commands, host:port"),
  TOR_PASSWORD("tor-password", "password for Tor's commands"),
  I2P_SAM("i2p-sam", "SAM bridge that leads into I2P, host:port"),
  I2P_ACCEPT_INCOMING(
      "i2p-accept-incoming",
      "let peers call this node through I2P, and call them from an address that stays",
      Trait.FLAG),
  PRIVATE_BROADCAST(
      "private-broadcast",
      "send transactions of sendrawtransaction over short connections through Tor or I2P, and not"
          + " to all peers",
      Trait.FLAG),
  DANDELION(
      "dandelion",
      "send new transactions from one peer to the next before all are told (BIP156)",
      Trait.FLAG),
  SERVER("server", "answer RPC calls", Trait.FLAG),
  RPC_BIND(
      "rpc-bind",
      "address to listen on for RPC, host or host:port; may be repeated",
      Trait.LIST,
      Trait.ONE_NETWORK),
  RPC_ALLOW_IP(
      "rpc-allow-ip", "address or subnet from which RPC is allowed; may be repeated", Trait.LIST),
  RPC_PORT("rpc-port", "port to listen on for RPC; 0: any free one", Trait.ONE_NETWORK),
  RPC_USER("rpc-user", "user name for RPC; goes with rpc-password"),
  RPC_PASSWORD("rpc-password", "password for RPC; without it there is a cookie file"),
  RPC_AUTH("rpc-auth", "user:salt$hmac for RPC; may be repeated", Trait.LIST),
  RPC_COOKIE_FILE("rpc-cookie-file", "cookie file for RPC; relative to the network's folder"),
  RPC_COOKIE_PERMS("rpc-cookie-perms", "who may read the cookie file: owner, group or all"),
  RPC_WHITELIST(
      "rpc-whitelist",
      "user:method,method: what a user of RPC may call; may be repeated",
      Trait.LIST),
  RPC_WHITELIST_DEFAULT(
      "rpc-whitelist-default", "users of RPC without a whitelist may call nothing", Trait.FLAG),
  DEPRECATED_RPC(
      "deprecated-rpc", "RPC method that is to go, and is wanted all the same", Trait.LIST),
  RPC_DOC_CHECK("rpc-doc-check", "check RPC answers against their description", Trait.FLAG),
  RPC_THREADS("rpc-threads", "RPC methods that run at the same time"),
  RPC_WORK_QUEUE("rpc-work-queue", "RPC calls that may wait"),
  RPC_SERVER_TIMEOUT("rpc-server-timeout", "seconds that an RPC connection may be idle"),
  REST("rest", "let anybody read blocks and transactions at the RPC port", Trait.FLAG),
  EVENTS("events", "keep a log of events, and stream it at the RPC port", Trait.FLAG),
  EVENTS_MAX_SIZE("events-max-size", "MiB of events that are kept"),
  EVENTS_MAX_AGE("events-max-age", "hours that an event is kept"),
  EVENTS_ORIGIN(
      "events-origin",
      "origin of web pages that may read the events, https://host:port; may be repeated",
      Trait.LIST),
  METRICS_PORT(
      "metrics-port",
      "port of 127.0.0.1 for Prometheus and health checks; 0: any free one",
      Trait.ONE_NETWORK),
  MINE("mine", "threads that mine"),
  MINE_TO("mine-to", "address or descriptor that gets the mined coins, or wallet:NAME"),
  MINE_POLICY("mine-policy", "when to mine: " + MinerPolicy.FORMS),
  MINE_PAUSE_WHEN_IDLE(
      "mine-pause-when-idle", "do not mine while no transaction waits", Trait.FLAG),
  STRATUM("stratum", "host:port, port or 1 (127.0.0.1:3333): serve Stratum miners there"),
  STRATUM_DIFFICULTY("stratum-difficulty", "difficulty of the first shares of a Stratum miner"),
  STRATUM_SHARES_PER_MINUTE(
      "stratum-shares-per-minute", "shares that a Stratum miner is to find in a minute"),
  STRATUM_MAX_CONNECTIONS("stratum-max-connections", "Stratum miners at most"),
  MEMORY(
      "memory", "MiB that the node may take in all: parts them between heap, coins and the rest"),
  DB_CACHE("db-cache", "MiB of memory for coins and the database"),
  MAX_MEMPOOL("max-mempool", "millions of bytes for unconfirmed transactions"),
  MAX_SIG_CACHE_SIZE(
      "max-sig-cache-size",
      "MiB for signatures and scripts that were valid; half of it, ours are one cache"),
  MEMPOOL_EXPIRY("mempool-expiry", "hours that a transaction may wait for a block"),
  ACCEPT_STALE_FEE_ESTIMATES(
      "accept-stale-fee-estimates",
      "use what was known of fees however old it is, on regtest",
      Trait.FLAG),
  GUESS_FEES(
      "guess-fees",
      "where too little is known of what others pay, estimate fees by the room in blocks",
      Trait.FLAG),
  PERSIST_MEMPOOL(
      "persist-mempool", "keep waiting transactions from one run to the next", Trait.FLAG),
  PERSIST_MEMPOOL_V1(
      "persist-mempool-v1", "keep them in the older form, which mixes nothing", Trait.FLAG),
  MIN_RELAY_FEE("min-relay-tx-fee", "least fee in coins for 1000 virtual bytes"),
  INCREMENTAL_RELAY_FEE(
      "incremental-relay-fee", "coins for 1000 virtual bytes that a replacement pays on top"),
  DUST_RELAY_FEE("dust-relay-fee", "coins for 1000 virtual bytes by which it is told what is dust"),
  ACCEPT_NONSTANDARD("accept-non-std-txn", "relay unusual transactions too; for tests", Trait.FLAG),
  DATA_CARRIER("data-carrier", "relay transactions with data outputs", Trait.FLAG),
  DATA_CARRIER_SIZE("data-carrier-size", "most bytes of data outputs in a transaction"),
  PERMIT_BARE_MULTISIG("permit-bare-multisig", "relay bare multisig outputs", Trait.FLAG),
  BYTES_PER_SIGOP("bytes-per-sigop", "virtual bytes that a signature operation counts for"),
  LIMIT_CLUSTER_COUNT("limit-cluster-count", "unconfirmed transactions that may hang together"),
  LIMIT_ANCESTOR_COUNT(
      "limit-ancestor-count", "transactions that payments of wallets may hang on, with themselves"),
  LIMIT_DESCENDANT_COUNT(
      "limit-descendant-count",
      "transactions that payments of wallets may let hang on one, with itself"),
  LIMIT_CLUSTER_SIZE("limit-cluster-size", "their size, in thousands of virtual bytes"),
  BLOCKS_ONLY("blocks-only", "neither ask peers for transactions nor take them", Trait.FLAG),
  TX_SEND_RATE("tx-send-rate", "transactions in a second that inbound peers are told of"),
  TX_RECONCILIATION(
      "tx-reconciliation", "agree with peers on reconciliation of transactions", Trait.FLAG),
  PRUNE("prune", "MiB of blocks to keep; 0: all; 1: prune by RPC only"),
  FAST_PRUNE("fast-prune", "prune in small steps; for tests", Trait.FLAG),
  REINDEX("reindex", "build the whole ledger anew from the stored blocks", Trait.FLAG),
  REINDEX_CHAINSTATE(
      "reindex-chainstate", "build the set of coins anew from the stored blocks", Trait.FLAG),
  TX_INDEX("tx-index", "index of transactions, for getrawtransaction", Trait.FLAG),
  TXO_SPENDER_INDEX(
      "txo-spender-index", "index of who spent an output, for gettxspendingprevout", Trait.FLAG),
  BLOCK_FILTER_INDEX("block-filter-index", "filters of blocks (BIP158): basic, or 1 for all kinds"),
  PEER_BLOCK_FILTERS("peer-block-filters", "offer filters of blocks to peers (BIP157)", Trait.FLAG),
  PEER_BLOOM_FILTERS(
      "peer-bloom-filters", "send clients only what passes a filter of theirs (BIP37)", Trait.FLAG),
  MAX_UPLOAD_TARGET(
      "max-upload-target",
      "what is sent in a day at most, if it can be helped: MiB, or with one of kKmMgGtT; 0: no"
          + " limit"),
  BLOCK_RECONSTRUCTION_EXTRA_TXN(
      "block-reconstruction-extra-txn",
      "transactions kept beside the mempool, to put blocks together from them"),
  COIN_STATS_INDEX(
      "coin-stats-index", "figures of all coins after each block, for gettxoutsetinfo", Trait.FLAG),
  ADDRESS_INDEX(
      "address-index", "history and coins of each address, for getaddresshistory", Trait.FLAG),
  CHECK_BLOCKS("check-blocks", "blocks that are checked at the start; 0 and less: all"),
  CHECK_LEVEL("check-level", "how thoroughly they are checked, 0 to 4"),
  STOP_AT_HEIGHT("stop-at-height", "height of the chain at which the node stops; 0: none"),
  MINIMUM_CHAIN_WORK("minimum-chain-work", "work that the chain has at least, in hex"),
  ASSUME_VALID("assume-valid", "block whose ancestors' scripts are not run; 0: none"),
  MAX_TIP_AGE("max-tip-age", "seconds beyond which the tip is old: blocks are still missing"),
  TEST_ACTIVATION_HEIGHT(
      "test-activation-height", "rule@height, on regtest; may be repeated", Trait.LIST),
  VB_PARAMS(
      "vb-params", "deployment:start:end[:min-height], on regtest; may be repeated", Trait.LIST),
  TEST(
      "test",
      "bip94: the rule against timewarps, on regtest; addrman: places of addresses are known",
      Trait.LIST),
  SIGNET_SEED_NODE(
      "signet-seed-node",
      "a name that knows nodes of a signet, in the place of the usual ones; may be repeated",
      Trait.LIST),
  SIGNET_CHALLENGE(
      "signet-challenge", "script that signs the blocks of a signet, in hex", Trait.LIST),
  ALERT_NOTIFY("alert-notify", "command to run at a warning; %s: its text"),
  BLOCK_NOTIFY("block-notify", "command to run at a new tip; %s: its hash"),
  WALLET_NOTIFY(
      "wallet-notify",
      "command to run at a transaction of a wallet; %s: its id, %w: the wallet, %b and %h: hash"
          + " and height of its block"),
  STARTUP_NOTIFY("startup-notify", "command to run when the node is ready"),
  SHUTDOWN_NOTIFY(
      "shutdown-notify",
      "command to run when the node begins to stop; may be repeated",
      Trait.LIST),
  ELECTRUM("electrum", "host:port to serve clients of the Electrum protocol at"),
  ZMQ_PUB_HASH_BLOCK("zmq-pub-hash-block", "ZeroMQ address for hashes of new tips", Trait.LIST),
  ZMQ_PUB_HASH_TX("zmq-pub-hash-tx", "ZeroMQ address for ids of transactions", Trait.LIST),
  ZMQ_PUB_RAW_BLOCK("zmq-pub-raw-block", "ZeroMQ address for blocks that are tips", Trait.LIST),
  ZMQ_PUB_RAW_TX("zmq-pub-raw-tx", "ZeroMQ address for transactions", Trait.LIST),
  ZMQ_PUB_SEQUENCE(
      "zmq-pub-sequence", "ZeroMQ address for all changes of chain and mempool", Trait.LIST),
  ZMQ_PUB_HASH_BLOCK_HWM("zmq-pub-hash-block-hwm", "messages that may wait for a slow reader"),
  ZMQ_PUB_HASH_TX_HWM("zmq-pub-hash-tx-hwm", "messages that may wait for a slow reader"),
  ZMQ_PUB_RAW_BLOCK_HWM("zmq-pub-raw-block-hwm", "messages that may wait for a slow reader"),
  ZMQ_PUB_RAW_TX_HWM("zmq-pub-raw-tx-hwm", "messages that may wait for a slow reader"),
  ZMQ_PUB_SEQUENCE_HWM("zmq-pub-sequence-hwm", "messages that may wait for a slow reader"),
  WORKERS("workers", "threads for script checks; 0: one for each processor"),
  LOG_LEVEL("log-level", "trace, debug, info, warn or error"),
  DEBUG(
      "debug",
      "category of which details are logged, or all; none: of none so far; may be repeated",
      Trait.LIST),
  DEBUG_EXCLUDE(
      "debug-exclude", "category of which no details are logged; may be repeated", Trait.LIST),
  DEBUG_LEVEL(
      "debug-level",
      "info, debug or trace: how much is said of the categories; or category:level; may be"
          + " repeated",
      Trait.LIST),
  LOG_FORMAT("log-format", "text, or json for an object in each line"),
  LOG_TIMESTAMPS("log-timestamps", "lines of the log begin with the time", Trait.FLAG),
  LOG_TIME_MICROS("log-time-micros", "times in the log have microseconds", Trait.FLAG),
  LOG_THREAD_NAMES("log-thread-names", "the log names threads", Trait.FLAG),
  LOG_LEVEL_ALWAYS("log-level-always", "the log names category and level in each line", Trait.FLAG),
  DEBUG_LOG_FILE("debug-log-file", "file of the log; relative to the network's folder"),
  PRINT_TO_CONSOLE("print-to-console", "log to standard output too", Trait.FLAG),
  PID("pid", "file for the process identifier; relative to the network's folder"),
  UA_COMMENT("ua-comment", "comment in the user agent; may be repeated", Trait.LIST),
  MOCK_TIME("mock-time", "seconds since 1970: a clock that stands still, for tests"),
  BLOCK_MAX_WEIGHT("block-max-weight", "most weight units of a block that is made"),
  BLOCK_RESERVED_WEIGHT(
      "block-reserved-weight", "weight units of it that are kept for header and coinbase"),
  BLOCK_MIN_TX_FEE("block-min-tx-fee", "coins for 1000 virtual bytes; what pays less is not mined"),
  BLOCK_VERSION("block-version", "version of blocks that are made, on regtest"),
  DISABLE_WALLET("disable-wallet", "have no wallets", Trait.FLAG),
  ADDRESS_TYPE("address-type", "new addresses are legacy, p2sh-segwit, bech32 or bech32m"),
  CHANGE_TYPE("change-type", "the same of change; if missing, what suits the payment"),
  KEYPOOL("keypool", "addresses that wallets derive ahead of the last one in use"),
  FALLBACK_FEE("fallback-fee", "coins for 1000 virtual bytes, where nobody knows what others pay"),
  MIN_TX_FEE("min-tx-fee", "coins for 1000 virtual bytes; payments of wallets name no lower rate"),
  MAX_TX_FEE("max-tx-fee", "coins; payments of wallets with a higher fee are refused"),
  MAX_APS_FEE(
      "max-aps-fee",
      "coins more that payments may cost so that coins of one address are spent together, or -1"),
  DISCARD_FEE(
      "discard-fee",
      "coins for 1000 virtual bytes: change that costs more to spend at this rate is not made"),
  CONSOLIDATE_FEE_RATE(
      "consolidate-fee-rate",
      "coins for 1000 virtual bytes: below it payments spend more coins than they must"),
  AVOID_PARTIAL_SPENDS(
      "avoid-partial-spends", "coins of one address are only spent together", Trait.FLAG),
  SPEND_ZERO_CONF_CHANGE("spend-zero-conf-change", "spend unconfirmed change", Trait.FLAG),
  WALLET_REJECT_LONG_CHAINS(
      "wallet-reject-long-chains",
      "make no payments that hang together with more transactions than mempools take",
      Trait.FLAG),
  WALLET_BROADCAST(
      "wallet-broadcast", "offer transactions of wallets to the mempool and peers", Trait.FLAG),
  WALLET_RBF(
      "wallet-rbf", "payments say that they may be replaced (BIP125); deprecated", Trait.FLAG),
  TX_CONFIRM_TARGET(
      "tx-confirm-target", "in so many blocks payments of wallets are to be confirmed"),
  WALLET("wallet", "wallet to load at the start; may be repeated", Trait.LIST, Trait.ONE_NETWORK);

  private enum Trait {
    /** On or off. */
    FLAG,
    /** May be given several times, and all count. */
    LIST,
    /** Makes sense for one network only: Bitcoin Core wants it in that network's section. */
    ONE_NETWORK
  }

  private static final Map<String, Option> BY_SQUEEZED =
      Arrays.stream(values()).collect(Collectors.toMap(Option::squeezed, Function.identity()));

  private final String label;
  private final String description;
  private final boolean flag;
  private final boolean list;
  private final boolean oneNetwork;

  Option(String label, String description, Trait... traits) {
    this.label = label;
    this.description = description;
    List<Trait> all = List.of(traits);
    this.flag = all.contains(Trait.FLAG);
    this.list = all.contains(Trait.LIST);
    this.oneNetwork = all.contains(Trait.ONE_NETWORK);
  }

  /** As in a configuration file, and after two hyphens on the command line. */
  public String label() {
    return label;
  }

  public String description() {
    return description;
  }

  /** On or off; the name alone means on. */
  public boolean isFlag() {
    return flag;
  }

  /** Whether all values count, and not one of them. */
  public boolean isList() {
    return list;
  }

  /** Whether a value for one network is of no use on others. */
  public boolean isOfOneNetwork() {
    return oneNetwork;
  }

  /** The environment variable that sets the option. */
  public String variable() {
    return Environment.PREFIX + label.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** The option of this name, whether written with hyphens, with underscores or with neither. */
  public static Optional<Option> named(String name) {
    return Optional.ofNullable(BY_SQUEEZED.get(squeeze(name)));
  }

  /** Bitcoin Core's way to write the name: small letters only. */
  public String squeezed() {
    return squeeze(label);
  }

  private static String squeeze(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }
}
