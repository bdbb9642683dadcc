package org.farthing.node.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The options of a node, by one name each. Hyphens and underscores do not count, so that Bitcoin
 * Core's {@code rpcport} is our {@code rpc-port}, and {@code FARTHING_RPC_PORT} in the environment.
 */
public enum Option {
  NETWORK("network", "testnet or regtest"),
  DATA_DIR("data-dir", "folder for everything that the node keeps"),
  CONF("conf", "configuration file; relative to the data directory"),
  LISTEN("listen", "accept connections from peers"),
  BIND("bind", "address to listen on for peers"),
  PORT("port", "port to listen on for peers; 0: any free one"),
  CONNECT("connect", "connect to this peer and to none but those named so; may be repeated"),
  ADD_NODE("add-node", "connect to this peer too, and again when it is lost; may be repeated"),
  SEED("seed", "a name that resolves to addresses of nodes; may be repeated"),
  MAX_CONNECTIONS("max-connections", "peers at most"),
  RPC_BIND("rpc-bind", "address to listen on for RPC"),
  RPC_PORT("rpc-port", "port to listen on for RPC; 0: any free one"),
  RPC_USER("rpc-user", "user name for RPC; goes with rpc-password"),
  RPC_PASSWORD("rpc-password", "password for RPC; without it there is a cookie file"),
  RPC_AUTH("rpc-auth", "user:salt$hmac for RPC; may be repeated"),
  RPC_THREADS("rpc-threads", "RPC methods that run at the same time"),
  RPC_WORK_QUEUE("rpc-work-queue", "RPC calls that may wait"),
  RPC_SERVER_TIMEOUT("rpc-server-timeout", "seconds that an RPC connection may be idle"),
  MINE("mine", "threads that mine"),
  MINE_TO("mine-to", "address that gets the mined coins"),
  DB_CACHE("db-cache", "MiB of memory for coins and the database"),
  MAX_MEMPOOL("max-mempool", "millions of bytes for unconfirmed transactions"),
  MIN_RELAY_FEE("min-relay-tx-fee", "least fee in coins for 1000 virtual bytes"),
  WORKERS("workers", "threads for script checks; 0: one for each processor"),
  LOG_LEVEL("log-level", "trace, debug, info, warn or error"),
  PRINT_TO_CONSOLE("print-to-console", "log to standard output too"),
  UA_COMMENT("ua-comment", "comment in the user agent; may be repeated"),
  MOCK_TIME("mock-time", "seconds since 1970: a clock that stands still, for tests"),
  WALLET("wallet", "wallet to load at the start; may be repeated");

  private final String label;
  private final String description;

  Option(String label, String description) {
    this.label = label;
    this.description = description;
  }

  /** As in a configuration file, and after two hyphens on the command line. */
  public String label() {
    return label;
  }

  public String description() {
    return description;
  }

  /** The environment variable that sets the option. */
  public String variable() {
    return Environment.PREFIX + label.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** The option of this name, whether written with hyphens, with underscores or with neither. */
  public static Optional<Option> named(String name) {
    String wanted = squeeze(name);
    return Arrays.stream(values()).filter(o -> squeeze(o.label).equals(wanted)).findFirst();
  }

  private static String squeeze(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }
}
