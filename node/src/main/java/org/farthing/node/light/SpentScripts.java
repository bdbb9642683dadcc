package org.farthing.node.light;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;

/** Finds the coins that a block spends, in itself and in the blocks before it. */
final class SpentScripts {
  private final Block block;
  private final Set<OutPoint> missing = new HashSet<>();
  private final Map<OutPoint, Coin> found = new HashMap<>();

  SpentScripts(Block block, int height) {
    this.block = block;
    for (Transaction transaction : block.transactions()) {
      if (!transaction.isCoinbase()) {
        transaction.inputs().forEach(input -> missing.add(input.outPoint()));
      }
    }
    look(block, height);
  }

  /** Takes what an earlier block has made of the coins. */
  void look(Block earlier, int height) {
    for (Transaction transaction : earlier.transactions()) {
      for (int i = 0; i < transaction.outputs().size(); i++) {
        OutPoint place = transaction.outPoint(i);
        if (missing.remove(place)) {
          TxOut output = transaction.outputs().get(i);
          found.put(place, new Coin(output, height, transaction.isCoinbase()));
        }
      }
    }
  }

  /** What the block spends; empty as long as some of it was not found. */
  Optional<BlockUndo> all() {
    if (!missing.isEmpty()) {
      return Optional.empty();
    }
    List<List<Coin>> spent = new ArrayList<>();
    for (Transaction transaction : block.transactions()) {
      if (!transaction.isCoinbase()) {
        spent.add(transaction.inputs().stream().map(TxIn::outPoint).map(found::get).toList());
      }
    }
    return Optional.of(new BlockUndo(spent));
  }
}
