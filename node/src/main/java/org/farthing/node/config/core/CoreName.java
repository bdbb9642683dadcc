package org.farthing.node.config.core;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.node.config.Option;

/** What a name among Bitcoin Core's options means to us. */
sealed interface CoreName {
  /** One of our own options. */
  record Ours(Option option) implements CoreName {}

  /** Chooses a network by its own name, as {@code -regtest} does. */
  record OfNetwork(String network) implements CoreName {}

  /** About the options themselves or the process, such as {@code -help}. */
  record OfProcess() implements CoreName {}

  /** Farthing has no such thing, and whatever is said of it makes no difference. */
  record WithoutEffect() implements CoreName {}

  /**
   * Farthing has no such thing: only these values describe what it does anyway, and to say nothing
   * of any other one would be to lie.
   */
  record Only(Set<String> values) implements CoreName {
    public Only {
      values = Set.copyOf(values);
    }
  }

  /** Will have an effect; that it has none yet, the log says. */
  record NotYet() implements CoreName {}

  /** The meaning of a name, if Bitcoin Core has such an option. */
  static Optional<CoreName> of(String name) {
    return Optional.ofNullable(Table.NAMES.get(name));
  }

  /** All names that {@link #of} knows. */
  static Set<String> all() {
    return Set.copyOf(Table.NAMES.keySet());
  }

  /** The names, by what they mean. */
  final class Table {
    private static final String OFF = "0";

    /** Options that Bitcoin Core does not have, or that mean something else there. */
    private static final Set<Option> NOT_CORES =
        EnumSet.of(
            Option.NETWORK,
            Option.SEED,
            Option.LOCAL_GOSSIP,
            Option.MINE,
            Option.MINE_TO,
            Option.MINE_POLICY,
            Option.MINE_PAUSE_WHEN_IDLE,
            Option.WORKERS,
            Option.LOG_LEVEL,
            Option.DANDELION,
            Option.DEBUG_LEVEL);

    private static final List<String> WITHOUT_EFFECT =
        List.of(
            // How the log looks; what ours says is chosen to be what programs look for.
            "logips",
            "logratelimit",
            "logsourcelocations",
            "shrinkdebugfile",
            // Threads, caches and checks of the other program's own.
            "blocksxor",
            "checkblockindex",
            "checkmempool",
            "dbbatchsize",
            "help-debug",
            "par",
            "prevoutfetchthreads",
            "printpriority",
            "unsafesqlitesync",
            // Our wallets have no such choice.
            "walletcrosschain",
            // Addresses of other networks, and of ours by other means.
            "natpmp");

    private static final List<String> OFF_ONLY = List.of("daemon", "daemonwait");

    private static final List<String> NEVER =
        List.of("asmap", "blocksdir", "ipcbind", "loadblock", "settings", "signer", "walletdir");

    private static final List<String> NOT_YET =
        List.of("checkpoints", "limitancestorsize", "limitdescendantsize", "stopafterblockimport");

    private static final List<String> PROCESS =
        List.of("?", "h", "help", "version", "includeconf", "allowignoredconf", "chain");

    static final Map<String, CoreName> NAMES = new HashMap<>();

    static {
      Arrays.stream(Option.values())
          .filter(option -> !NOT_CORES.contains(option))
          .forEach(option -> put(option.squeezed(), new Ours(option)));
      // The only one that has a hyphen there too.
      put("reindex-chainstate", NAMES.remove(Option.REINDEX_CHAINSTATE.squeezed()));
      put("loglevel", new Ours(Option.DEBUG_LEVEL));
      for (String network : List.of("regtest", "signet", "testnet", "testnet4")) {
        put(network, new OfNetwork(network));
      }
      PROCESS.forEach(name -> put(name, new OfProcess()));
      WITHOUT_EFFECT.forEach(name -> put(name, new WithoutEffect()));
      NOT_YET.forEach(name -> put(name, new NotYet()));
      OFF_ONLY.forEach(name -> put(name, new Only(Set.of(OFF))));
      NEVER.forEach(name -> put(name, new Only(Set.of())));
    }

    private Table() {}

    private static void put(String name, CoreName meaning) {
      if (NAMES.put(name, meaning) != null) {
        throw new AssertionError("two meanings of -" + name);
      }
    }
  }
}
