package org.farthing.node.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.node.config.LogCategory;
import org.farthing.node.config.LogConfig;
import org.farthing.node.rpc.port.LogPort;
import org.slf4j.Logger;

/**
 * Which loggers speak of which category, and what they may say. Loggers below no category follow
 * the general level.
 */
final class LogDetails implements LogPort {
  private static final String ROOT = "org.farthing.";

  /** The names of the loggers begin so; the longest that fits counts. */
  private static final Map<String, LogCategory> CATEGORIES = new LinkedHashMap<>();

  static {
    put("node.rpc.http", LogCategory.HTTP);
    put("node.rpc.rest", LogCategory.HTTP);
    put("node.rpc.method.blockchain.PruneBlockchain", LogCategory.PRUNE);
    put("node.rpc", LogCategory.RPC);
    put("node.sync.BlockPruning", LogCategory.PRUNE);
    put("node.sync.HeaderIntake", LogCategory.VALIDATION);
    put("node.sync.TxRelay", LogCategory.MEMPOOLREJ);
    put("node.sync.Orphanage", LogCategory.TXPACKAGES);
    put("node.peer.Reconciliation", LogCategory.TXRECONCILIATION);
    put("node.peer.AddressBook", LogCategory.ADDRMAN);
    put("node.sync", LogCategory.NET);
    put("node.sync.PrivateBroadcaster", LogCategory.PRIVATEBROADCAST);
    put("node.tor", LogCategory.TOR);
    put("node.app.TorService", LogCategory.TOR);
    put("node.peer.Routes", LogCategory.PROXY);
    put("node.peer", LogCategory.NET);
    put("node.transport", LogCategory.NET);
    put("node.transport.I2pCalls", LogCategory.I2P);
    put("node.transport.I2pDoor", LogCategory.I2P);
    put("node.transport.SamSession", LogCategory.I2P);
    put("node.mempool", LogCategory.MEMPOOL);
    put("node.app.FeeKeeping", LogCategory.ESTIMATEFEE);
    put("node.wallets", LogCategory.WALLETDB);
    put("wallet", LogCategory.WALLETDB);
    put("node.zmq", LogCategory.ZMQ);
    put("node.app.ChainLog", LogCategory.VALIDATION);
    put("node.indexes", LogCategory.BLOCKSTORAGE);
    put("node.app.IndexStart", LogCategory.PRUNE);
    put("consensus.store", LogCategory.COINDB);
    put("consensus", LogCategory.VALIDATION);
  }

  private final LoggerContext context;
  private final Level usual;
  private final Map<LogCategory, LogConfig.Level> levels = new EnumMap<>(LogCategory.class);
  private final Set<LogCategory> detailed = EnumSet.noneOf(LogCategory.class);

  LogDetails(LoggerContext context, LogConfig config) {
    this.context = context;
    this.usual = level(config.level());
    levels.putAll(config.details());
    detailed.addAll(config.details().keySet());
    apply();
  }

  private static void put(String prefix, LogCategory category) {
    CATEGORIES.put(ROOT + prefix, category);
  }

  /** What a logger speaks of; empty for what concerns all. */
  static Optional<LogCategory> categoryOf(String logger) {
    for (String name = logger;
        !name.isEmpty();
        name = name.substring(0, Math.max(0, name.lastIndexOf('.')))) {
      LogCategory category = CATEGORIES.get(name);
      if (category != null) {
        return Optional.of(category);
      }
    }
    return Optional.empty();
  }

  @Override
  public synchronized Set<LogCategory> detailed() {
    return Set.copyOf(detailed);
  }

  @Override
  public synchronized void detail(LogCategory category, boolean wanted) {
    boolean changed = wanted ? detailed.add(category) : detailed.remove(category);
    if (changed) {
      apply();
    }
  }

  private synchronized void apply() {
    boolean all = detailed.size() == LogCategory.values().length;
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(all ? lower(Level.DEBUG) : usual);
    CATEGORIES.forEach(
        (prefix, category) ->
            context
                .getLogger(prefix)
                .setLevel(
                    detailed.contains(category)
                        ? lower(level(levels.getOrDefault(category, LogConfig.Level.DEBUG)))
                        : usual));
    // Netty's details are for those who debug Netty.
    context.getLogger("io.netty").setLevel(usual.isGreaterOrEqual(Level.INFO) ? usual : Level.INFO);
  }

  /** Details are never less than the usual. */
  private Level lower(Level level) {
    return usual.isGreaterOrEqual(level) ? level : usual;
  }

  static Level level(LogConfig.Level level) {
    return switch (level) {
      case TRACE -> Level.TRACE;
      case DEBUG -> Level.DEBUG;
      case INFO -> Level.INFO;
      case WARN -> Level.WARN;
      case ERROR -> Level.ERROR;
    };
  }
}
