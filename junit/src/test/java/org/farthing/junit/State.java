package org.farthing.junit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainTip;
import org.farthing.consensus.chain.CoinScan;
import org.farthing.consensus.chain.UnspentOutput;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.wallet.Wallet;

/** All that can be seen of a node, under the name of what it is. */
final class State {
  private final RegtestNode node;
  private final Map<String, Object> seen = new LinkedHashMap<>();

  private State(RegtestNode node) {
    this.node = node;
  }

  static Map<String, Object> of(RegtestNode node) {
    State state = new State(node);
    state.chain();
    state.mempool();
    for (String wallet : node.inside().call(() -> node.inside().wallets().names())) {
      state.wallet(wallet);
    }
    state.seen.put("time", node.time());
    return state.seen;
  }

  private void chain() {
    ChainSnapshot chain = node.chain();
    seen.put("tip", chain.tip());
    seen.put("best header", chain.bestHeader());
    seen.put("branches", branches());
    seen.put("coins", coins(chain));
    List<Object> blocks = new ArrayList<>();
    for (int height = 0; height <= chain.height(); height++) {
      blocks.add(node.block(height));
    }
    seen.put("blocks", blocks);
  }

  private Map<String, ChainTip.Status> branches() {
    Map<String, ChainTip.Status> branches = new TreeMap<>();
    node.inside()
        .call(() -> node.inside().core().chain().tips())
        .forEach(tip -> branches.put(tip.node().hash().toString(), tip.status()));
    return branches;
  }

  private static List<UnspentOutput> coins(ChainSnapshot chain) {
    List<UnspentOutput> coins = new ArrayList<>();
    try (CoinScan scan = chain.chain().scanCoins()) {
      for (List<UnspentOutput> some = scan.next(); !some.isEmpty(); some = scan.next()) {
        coins.addAll(some);
      }
    }
    return coins;
  }

  private void mempool() {
    List<MempoolEntry> waiting = node.mempool().entriesBestFirst();
    seen.put("mempool", waiting);
    seen.put("fees", node.mempool().totalFeeSat());
    seen.put("minimum fee", node.mempool().minimumFee(node.time().toEpochMilli()));
  }

  private void wallet(String name) {
    RegtestWallet wallet = node.wallet(name);
    seen.put(name + ": balance", wallet.balance());
    seen.put(name + ": history", wallet.transactions());
    seen.put(name + ": given", ask(name, found -> found.addresses().given()));
    seen.put(name + ": labels", ask(name, found -> found.addresses().labels()));
    seen.put(name + ": read up to", ask(name, Wallet::info));
  }

  private <T> T ask(String name, Function<Wallet, T> question) {
    return node.inside().call(() -> question.apply(node.inside().wallets().find(name).get()));
  }
}
