package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;

/**
 * A random tree of blocks on a trunk with mature coins. On every branch coins are spent, also those
 * that the branch itself made; some blocks break a rule.
 */
final class BlockTree {
  private static final int TRUNK = 130;
  private static final int MATURE = TRUNK - 100;

  /** What is wrong with a block. */
  enum Flaw {
    NONE,
    /** It is refused when its body comes. */
    IN_CONTEXT,
    /** It is refused when it is connected. */
    WITH_COINS
  }

  /** A block, and what is true of it whatever a node knows. */
  record Item(Block block, Flaw flaw) {
    BlockHash hash() {
      return block.hash();
    }
  }

  private final Random random;
  private final ChainBuilder chain = ChainBuilder.regtest();
  private final List<Block> trunk;
  private final List<Item> items = new ArrayList<>();

  /** The unspent outputs after each block, as its branch leaves them. */
  private final Map<BlockHash, Map<OutPoint, Long>> coins = new LinkedHashMap<>();

  private BlockTree(long seed) {
    random = new Random(seed);
    trunk = chain.mine(TRUNK, BlockDraft.ANYONE);
    Map<OutPoint, Long> mature = new LinkedHashMap<>();
    for (Block block : trunk.subList(0, MATURE)) {
      Transaction coinbase = block.transactions().get(0);
      mature.put(coinbase.outPoint(0), coinbase.outputs().get(0).valueSat());
    }
    coins.put(last(trunk).hash(), mature);
  }

  /**
   * Parents stand before children, and branches near their fork.
   *
   * @param blocks on top of the trunk
   */
  static BlockTree grow(long seed, int blocks) {
    BlockTree tree = new BlockTree(seed);
    try {
      for (int i = 0; i < blocks; i++) {
        tree.addBlock();
      }
    } finally {
      tree.chain.close();
    }
    return tree;
  }

  List<Block> trunk() {
    return trunk;
  }

  List<Item> items() {
    return items;
  }

  List<Block> allBlocks() {
    List<Block> all = new ArrayList<>(trunk);
    items.forEach(item -> all.add(item.block()));
    return all;
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private void addBlock() {
    int back = random.nextInt(Math.min(items.size(), 8) + 1);
    BlockHash parent = back == 0 ? branchPoint() : items.get(items.size() - back).hash();
    Map<OutPoint, Long> before = coins.get(parent);
    Map<OutPoint, Long> after = new LinkedHashMap<>(before);
    List<Transaction> spends = spends(after);
    BlockDraft draft = chain.draft(parent).payTo(BlockDraft.ANYONE).with(spends);
    Flaw flaw = flaw();
    if (flaw == Flaw.IN_CONTEXT) {
      draft.coinbaseScript(Script.of(new byte[] {1, 1}));
    } else if (flaw == Flaw.WITH_COINS) {
      draft.fees(1);
    }
    Block block = draft.build();
    chain.chain().acceptHeader(block.header(), block.header().timeSeconds());
    items.add(new Item(block, flaw));
    coins.put(block.hash(), after);
  }

  private BlockHash branchPoint() {
    return items.isEmpty() || random.nextBoolean()
        ? last(trunk).hash()
        : items.get(random.nextInt(items.size())).hash();
  }

  private Flaw flaw() {
    return switch (random.nextInt(16)) {
      case 0 -> Flaw.IN_CONTEXT;
      case 1 -> Flaw.WITH_COINS;
      default -> Flaw.NONE;
    };
  }

  /** Some payments without fees, the later ones perhaps from the earlier ones. */
  private List<Transaction> spends(Map<OutPoint, Long> unspent) {
    List<Transaction> spends = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      List<OutPoint> choice = new ArrayList<>(unspent.keySet());
      OutPoint coin = choice.get(random.nextInt(choice.size()));
      long half = unspent.remove(coin) / 2;
      Transaction tx =
          ChainBuilder.spendAnyone(
              List.of(coin),
              new TxOut(half, BlockDraft.ANYONE),
              new TxOut(half, BlockDraft.ANYONE));
      unspent.put(tx.outPoint(0), half);
      unspent.put(tx.outPoint(1), half);
      spends.add(tx);
    }
    return spends;
  }

  static ConsensusParams params() {
    return ConsensusParams.regtest();
  }
}
