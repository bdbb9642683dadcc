package org.farthing.node.simulation.adversary;

import java.util.List;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.TxMessage;

/** Transactions that look good, and whose parents nobody has. */
final class OrphanFlood extends Adversary {
  private static final int IN_A_TURN = 10;
  private static final int WITNESS_BYTES = 5_000;

  /** Pay to a witness program of version 1 (BIP-0341), with whatever key. */
  private static final byte[] PROGRAM = {0x51, 32};

  OrphanFlood(Means means) {
    super(means);
  }

  @Override
  void act(Connection connection) {
    for (int i = 0; i < IN_A_TURN; i++) {
      connection.send(new TxMessage(orphan()));
    }
  }

  private Transaction orphan() {
    OutPoint nobodys = new OutPoint(Txid.of(randomBytes(Txid.SIZE)), 0);
    TxIn input = new TxIn(nobodys, Script.EMPTY, -1, Witness.of(randomBytes(WITNESS_BYTES)));
    byte[] script = randomBytes(PROGRAM.length + 32);
    System.arraycopy(PROGRAM, 0, script, 0, PROGRAM.length);
    return new Transaction(2, List.of(input), List.of(new TxOut(100_000, Script.of(script))), 0);
  }
}
