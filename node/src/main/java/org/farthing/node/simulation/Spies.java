package org.farthing.node.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TxMessage;

/**
 * Somebody who owns some of the nodes, which do what all do, and takes whoever told any of them of
 * a transaction first for its origin.
 */
public final class Spies implements NetworkObserver {
  private final Set<String> hosts = new HashSet<>();
  private final Map<Hash256, String> origins = new HashMap<>();
  private final Map<Hash256, String> tellers = new HashMap<>();

  /**
   * What they found out.
   *
   * @param spies how many nodes are theirs
   * @param heard of so many transactions that began at a node of others
   * @param right of so many of these they named the origin
   */
  public record Result(int spies, int heard, int right) {}

  Spies(SimulationPlan plan, List<NetAddress> nodes) {
    List<NetAddress> shuffled = new ArrayList<>(nodes);
    Collections.shuffle(shuffled, new Random(plan.extent().seed() + 4711));
    int count = (int) Math.round(plan.network().relay().spies() * nodes.size());
    shuffled.subList(0, count).forEach(address -> hosts.add(address.host()));
  }

  /** A transaction begins here. */
  void begins(Transaction transaction, NetAddress node) {
    if (!hosts.isEmpty() && !hosts.contains(node.host())) {
      origins.put(transaction.wtxid(), node.host());
    }
  }

  @Override
  public void arrived(NetAddress from, NetAddress to, Message message, int bytes, int fingerprint) {
    if (hosts.isEmpty() || !hosts.contains(to.host()) || hosts.contains(from.host())) {
      return;
    }
    if (message instanceof Inv inv) {
      inv.items().stream().map(InvItem::hash).forEach(hash -> told(hash, from));
    } else if (message instanceof TxMessage tx) {
      told(tx.transaction().wtxid(), from);
    }
  }

  private void told(Hash256 hash, NetAddress teller) {
    if (origins.containsKey(hash)) {
      tellers.putIfAbsent(hash, teller.host());
    }
  }

  Result result() {
    long right =
        tellers.entrySet().stream()
            .filter(told -> told.getValue().equals(origins.get(told.getKey())))
            .count();
    return new Result(hosts.size(), tellers.size(), Math.toIntExact(right));
  }
}
