package org.farthing.node.simulation.adversary;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.BlockTxn;
import org.farthing.node.wire.CmpctBlock;
import org.farthing.node.wire.GetBlockTxn;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.SendCmpct;

/**
 * Sends each new block in short form (BIP-0152) as soon as it knows the header, with transactions
 * that are not in it, and answers questions for them, or for the whole block, with others that are
 * not.
 */
final class LyingCompactBlocks extends ChainFollower {
  private static final int TRANSACTIONS = 50;
  private static final long SHORT_ID_MASK = 0xffffffffffffL;

  LyingCompactBlocks(Means means) {
    super(means);
  }

  @Override
  void ready(Connection connection) {
    super.ready(connection);
    connection.send(new SendCmpct(1, SendCmpct.WITH_WITNESSES));
  }

  @Override
  void found(BlockHeader header, Connection teller) {
    toOthers(teller, peer -> peer.send(lie(header)));
  }

  private CmpctBlock lie(BlockHeader header) {
    List<Long> shortIds = new ArrayList<>();
    for (int i = 0; i < TRANSACTIONS; i++) {
      shortIds.add(random().nextLong() & SHORT_ID_MASK);
    }
    Transaction coinbase = transaction();
    return new CmpctBlock(
        header, random().nextLong(), shortIds, List.of(new CmpctBlock.Prefilled(0, coinbase)));
  }

  private Transaction transaction() {
    TxIn input = new TxIn(OutPoint.NULL, Script.of(randomBytes(20)), -1);
    return new Transaction(2, List.of(input), List.of(new TxOut(1, Script.EMPTY)), 0);
  }

  @Override
  void heard(Connection connection, Message message) {
    super.heard(connection, message);
    if (message instanceof GetBlockTxn wanted) {
      List<Transaction> others = wanted.indexes().stream().map(index -> transaction()).toList();
      connection.send(new BlockTxn(wanted.block(), others));
    } else if (message instanceof GetData wanted) {
      wanted.items().stream()
          .filter(item -> item.type().isBlock())
          .flatMap(item -> header(item.hash()).stream())
          .forEach(header -> connection.send(new BlockMessage(spoiled(header))));
    }
  }

  /** A block that is not what its header says. */
  private Block spoiled(BlockHeader header) {
    return new Block(header, List.of(transaction(), transaction()));
  }

  /** The last block again and again, for whoever came later. */
  @Override
  void act(Connection connection) {
    if (tip() != null && random().nextInt(10) == 0) {
      connection.send(lie(tip()));
    }
  }
}
