package org.farthing.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.testing.ChainBuilder;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.Balance;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.store.MemoryWalletStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random payments, receipts, double spends, reorganisations and kills: after each step the balance
 * equals the one that a plain model computes from chain and mempool alone.
 */
class WalletModelTest {
  private static final int MATURITY = 3;
  private static final int STEPS = 150;
  private static final Script OTHER = ChainBuilder.MINER.p2wpkh();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void balancesAreThoseOfTheModel(long seed) throws WalletException {
    try (TestNode node = new TestNode(TestNode.regtest(MATURITY), seed)) {
      new Run(node, seed).steps();
    }
  }

  private static final class Run {
    private final TestNode node;
    private final Random random;
    private final MemoryWalletStore store = new MemoryWalletStore();
    private final Map<Txid, Transaction> everSeen = new LinkedHashMap<>();
    private Wallet wallet;

    Run(TestNode node, long seed) throws WalletException {
      this.node = node;
      this.random = new Random(seed);
      this.wallet = Wallet.create(store, node.context(), Protection.none(), 12).wallet();
      node.add(wallet);
    }

    void steps() throws WalletException {
      for (int i = 0; i < STEPS; i++) {
        String step = step();
        node.mempool().forEach(tx -> everSeen.put(tx.txid(), tx));
        assertThat(wallet.balance()).as("step %s: %s", i, step).isEqualTo(model());
      }
    }

    private String step() throws WalletException {
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          node.mine(wallet.newReceiveAddress("").toScript());
          return "mined for the wallet";
        }
        case 2 -> {
          node.mine(OTHER);
          return "mined elsewhere";
        }
        case 3 -> {
          return receive();
        }
        case 4, 5 -> {
          return pay();
        }
        case 6 -> {
          int height = node.builder().tip().height();
          int depth = Math.min(height, 1 + random.nextInt(4));
          node.builder().fork(height - depth, depth + 1);
          return "reorganised " + depth;
        }
        default -> {
          return random.nextBoolean() ? doubleSpend() : restart();
        }
      }
    }

    private String receive() throws WalletException {
      for (int height = node.builder().tip().height(); height > 0; height--) {
        OutPoint coin = node.builder().coinbase(height);
        var found = node.builder().coin(coin);
        if (found.isPresent() && found.get().output().scriptPubKey().equals(OTHER)) {
          Script to = wallet.newReceiveAddress("").toScript();
          long sat = found.get().output().valueSat() - 1000;
          node.publish(node.builder().spend(coin, to, sat));
          return "received";
        }
      }
      return "nothing to receive";
    }

    private String pay() throws WalletException {
      long trusted = wallet.balance().trustedSat();
      if (trusted < Amount.COIN) {
        return "nothing to pay with";
      }
      boolean self = random.nextInt(4) == 0;
      Address to =
          self
              ? wallet.newReceiveAddress("")
              : Address.ofScript(OTHER, wallet.network()).orElseThrow();
      long sat = 1000 + (long) (random.nextDouble() * (trusted - Amount.COIN / 2));
      try {
        wallet.send(SendRequest.of(to, sat, 1000 + random.nextInt(20_000)));
        return "paid " + sat;
      } catch (WalletException e) {
        assertThat(e).hasMessageContaining("refuses");
        return "refused";
      }
    }

    /** A block confirms another spend of what a waiting payment by the miner spends. */
    private String doubleSpend() {
      for (Transaction waiting : List.copyOf(node.mempool())) {
        OutPoint coin = waiting.inputs().get(0).outPoint();
        var found = node.builder().coin(coin);
        if (found.isPresent() && found.get().output().scriptPubKey().equals(OTHER)) {
          Transaction other =
              node.builder().spend(coin, OTHER, found.get().output().valueSat() - 5000);
          node.builder().add(node.builder().draft().with(other).build());
          return "spent twice";
        }
      }
      return "nothing to spend twice";
    }

    private String restart() throws WalletException {
      node.remove(wallet);
      boolean clean = random.nextBoolean();
      if (clean) {
        wallet.close();
      }
      if (random.nextBoolean()) {
        node.mine(OTHER);
      }
      wallet = Wallet.open(store, node.context());
      node.add(wallet);
      return clean ? "restarted" : "killed";
    }

    private Set<Script> scripts() {
      Set<Script> scripts = new HashSet<>();
      for (Keychain keychain : wallet.addresses().keychains()) {
        for (int i = 0; i < keychain.derivedEnd(); i++) {
          scripts.addAll(keychain.descriptor().scriptsAt(i));
        }
      }
      return scripts;
    }

    private Balance model() {
      return new Model(scripts(), node, everSeen).balance();
    }
  }

  /** The balance from first principles. */
  private static final class Model {
    private final Set<Script> own;
    private final TestNode node;
    private final Map<Txid, Transaction> everSeen;
    private final Map<Txid, Integer> heights = new HashMap<>();
    private final Map<Txid, Transaction> known = new HashMap<>();
    private final Map<OutPoint, Txid> spentInChain = new HashMap<>();
    private final Set<Txid> waiting = new HashSet<>();

    Model(Set<Script> own, TestNode node, Map<Txid, Transaction> everSeen) {
      this.own = own;
      this.node = node;
      this.everSeen = everSeen;
    }

    Balance balance() {
      int height = 0;
      for (var block : node.builder().blocks()) {
        height++;
        for (Transaction tx : block.transactions()) {
          heights.put(tx.txid(), height);
          known.put(tx.txid(), tx);
          tx.inputs().forEach(input -> spentInChain.put(input.outPoint(), tx.txid()));
        }
      }
      node.mempool().forEach(tx -> waiting.add(tx.txid()));
      node.mempool().forEach(tx -> known.put(tx.txid(), tx));
      Set<OutPoint> spent = new HashSet<>(spentInChain.keySet());
      List<Transaction> alive = new ArrayList<>(everSeen.values());
      alive.removeIf(tx -> !isAlive(tx));
      alive.forEach(tx -> tx.inputs().forEach(input -> spent.add(input.outPoint())));
      return sum(spent, height);
    }

    /** It could still get into a block on this chain, sooner or later. */
    private boolean isAlive(Transaction tx) {
      if (heights.containsKey(tx.txid()) || waiting.contains(tx.txid())) {
        return true;
      }
      for (TxIn input : tx.inputs()) {
        Txid parent = input.outPoint().txid();
        boolean parentLives =
            heights.containsKey(parent)
                || (everSeen.containsKey(parent) && isAlive(everSeen.get(parent)));
        if (!parentLives || spentInChain.containsKey(input.outPoint())) {
          return false;
        }
      }
      return true;
    }

    private Balance sum(Set<OutPoint> spent, int tip) {
      long trusted = 0;
      long pending = 0;
      long immature = 0;
      for (Transaction tx : known.values()) {
        for (int i = 0; i < tx.outputs().size(); i++) {
          TxOut output = tx.outputs().get(i);
          if (!own.contains(output.scriptPubKey()) || spent.contains(tx.outPoint(i))) {
            continue;
          }
          Integer height = heights.get(tx.txid());
          if (height != null && tx.isCoinbase() && tip - height < MATURITY) {
            immature += output.valueSat();
          } else if (isTrusted(tx)) {
            trusted += output.valueSat();
          } else {
            pending += output.valueSat();
          }
        }
      }
      return new Balance(trusted, pending, immature);
    }

    private boolean isTrusted(Transaction tx) {
      if (heights.containsKey(tx.txid())) {
        return true;
      }
      return tx.inputs().stream()
          .allMatch(
              input -> {
                Transaction parent = known.get(input.outPoint().txid());
                return parent != null
                    && own.contains(parent.outputs().get(input.outPoint().index()).scriptPubKey())
                    && isTrusted(parent);
              });
    }
  }
}
