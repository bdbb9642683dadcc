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
import org.farthing.node.wire.StemTx;
import org.farthing.node.wire.TxMessage;

/**
 * Somebody who owns some of the nodes, which do what all do, and takes whoever told any of them of
 * a transaction first for its origin; of those, that is, who can be known by their address. Who
 * comes through Tor shows none.
 */
public final class Spies implements NetworkObserver {
  private final Set<NetAddress> others = new HashSet<>();
  private final Set<NetAddress> hosts = new HashSet<>();
  private final Map<Hash256, NetAddress> origins = new HashMap<>();
  private final Map<Hash256, Hash256> byTxid = new HashMap<>();
  private final Map<Hash256, NetAddress> tellers = new HashMap<>();

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
    shuffled.subList(0, count).forEach(address -> hosts.add(address.withPort(0)));
    shuffled.subList(count, shuffled.size()).forEach(address -> others.add(address.withPort(0)));
  }

  /** A transaction begins here. */
  void begins(Transaction transaction, NetAddress node) {
    NetAddress origin = node.withPort(0);
    if (!hosts.isEmpty() && others.contains(origin)) {
      origins.put(transaction.wtxid(), origin);
      byTxid.put(transaction.txid(), transaction.wtxid());
    }
  }

  @Override
  public void arrived(Passage passage) {
    if (hosts.isEmpty() || !hosts.contains(passage.to().withPort(0))) {
      return;
    }
    Message message = passage.message();
    NetAddress teller = passage.from().withPort(0);
    if (message instanceof Inv inv) {
      inv.items().stream().map(InvItem::hash).forEach(hash -> told(hash, teller));
    } else if (message instanceof TxMessage tx) {
      told(tx.transaction().wtxid(), teller);
    } else if (message instanceof StemTx stem) {
      told(stem.transaction().wtxid(), teller);
    }
  }

  private void told(Hash256 hash, NetAddress teller) {
    Hash256 wtxid = byTxid.getOrDefault(hash, hash);
    if (origins.containsKey(wtxid) && others.contains(teller)) {
      tellers.putIfAbsent(wtxid, teller);
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
