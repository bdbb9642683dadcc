package org.farthing.consensus.params;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;

/**
 * What differs between the first blocks of networks. All have one transaction of 50 coins, whose
 * script pushes the target 0x1d00ffff, the number 4 and a message, as Satoshi's did.
 */
record Genesis(String message, Script payTo, long timeSeconds, int bits, int nonce) {
  private static final byte[] FIRST_PUSHES = Hex.constant("04ffff001d0104");
  private static final int LONGEST_DIRECT_PUSH = 75;
  private static final int OP_PUSHDATA1 = 0x4c;

  /** The block that all of Bitcoin's older networks begin with, but for time, target and nonce. */
  static Block satoshis(long timeSeconds, int bits, int nonce) {
    return new Genesis(
            "The Times 03/Jan/2009 Chancellor on brink of second bailout for banks",
            Script.of(
                Hex.constant(
                    "4104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb6"
                        + "49f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac")),
            timeSeconds,
            bits,
            nonce)
        .block();
  }

  Block block() {
    List<Transaction> transactions = List.of(coinbase());
    BlockHeader header =
        new BlockHeader(
            1, BlockHash.ZERO, MerkleTree.ofTxids(transactions).root(), timeSeconds, bits, nonce);
    return new Block(header, transactions);
  }

  private Transaction coinbase() {
    byte[] text = message.getBytes(StandardCharsets.US_ASCII);
    ByteWriter scriptSig = new ByteWriter().bytes(FIRST_PUSHES);
    if (text.length > LONGEST_DIRECT_PUSH) {
      scriptSig.uint8(OP_PUSHDATA1);
    }
    scriptSig.uint8(text.length).bytes(text);
    return new Transaction(
        1,
        List.of(new TxIn(OutPoint.NULL, Script.of(scriptSig.toByteArray()), Sequence.FINAL)),
        List.of(new TxOut(50 * Amount.COIN, payTo)),
        0);
  }
}
