package org.farthing.node.simulation;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.chain.ChainOptions;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.mining.BlockGenerator;

/**
 * The chain that all nodes of a simulation begin with, and coins that anybody can spend: {@code
 * OP_TRUE} as a witness script, so that a transaction costs no signature, and yet all rules are
 * checked.
 */
final class FirstChain {
  private static final Script ANYONE_WITNESS = new ScriptBuilder().op(Opcode.OP_1).build();

  /** What pays to anyone. */
  static final Script ANYONE =
      new ScriptBuilder().op(Opcode.OP_0).push(Sha256.hash(ANYONE_WITNESS.toByteArray())).build();

  private static final int HEIGHT = 130;
  private static final int MATURITY = 100;
  private static final int MOST_OUTPUTS = 2000;
  private static final int BLOCK_MILLIS = 600_000;
  private static final long SUBSIDY_SAT = 50_0000_0000L;
  private static final long FEE_SAT = 100_000;

  /** About, without data. */
  private static final int SPEND_BYTES = 112;

  /** So many of its last blocks are newer than what operators believe in. */
  private static final int RECENT = 10;

  private final HeapLedger ledger;
  private final ChainOptions options;
  private final List<OutPoint> coins = new ArrayList<>();
  private final long coinSat;

  /**
   * @param endMillis the time of its last block, in milliseconds since 1970
   * @param coinCount how many coins are wanted
   */
  FirstChain(long endMillis, int coinCount) {
    HeapLedger first = new HeapLedger();
    VirtualTime time = new VirtualTime(endMillis - (long) HEIGHT * BLOCK_MILLIS);
    SimulatedNetwork network = new SimulatedNetwork(time, SimulatedNetwork.Settings.of(0));
    VirtualTime.NodeScheduler scheduler = time.newScheduler();
    int sources = HEIGHT - MATURITY;
    int outputs = Math.min(MOST_OUTPUTS, (coinCount + sources - 1) / sources);
    coinSat = outputs == 0 ? 0 : (SUBSIDY_SAT - FEE_SAT) / outputs;
    List<OutPoint> ripe = new ArrayList<>();
    try (SimulatedNode miner =
        new SimulatedNode(
            time,
            scheduler,
            network.newHost(scheduler),
            SimulatedNode.Setup.of("first", 0),
            first)) {
      for (int height = 1; height <= HEIGHT; height++) {
        time.runFor(BLOCK_MILLIS);
        List<Transaction> split =
            height > MATURITY && outputs > 0
                ? List.of(split(ripe.get(height - MATURITY - 1), outputs))
                : List.of();
        Block block = mine(miner, split);
        ripe.add(block.transactions().get(0).outPoint(0));
      }
      HeaderNode known = miner.chain().tip().ancestor(HEIGHT - RECENT);
      options = ChainOptions.DEFAULT.withMinimumChainWork(known.chainWork());
    }
    ledger = new HeapLedger(first);
  }

  private static Block mine(SimulatedNode miner, List<Transaction> transactions) {
    Block template = miner.miner().template(ANYONE, transactions);
    Block block = BlockGenerator.solve(template, 1L << 32).orElseThrow();
    Verdict verdict = miner.core().intake().accept(block);
    if (!verdict.isAccepted()) {
      throw new AssertionError("the first chain is not valid: " + verdict);
    }
    return block;
  }

  private Transaction split(OutPoint source, int outputs) {
    List<TxOut> parts = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      parts.add(new TxOut(coinSat, ANYONE));
    }
    Transaction split = new Transaction(2, List.of(spending(source)), parts, 0);
    for (int i = 0; i < outputs; i++) {
      coins.add(split.outPoint(i));
    }
    return split;
  }

  private static TxIn spending(OutPoint coin) {
    return new TxIn(coin, Script.EMPTY, -1, Witness.of(ANYONE_WITNESS.toByteArray()));
  }

  /** A ledger with this chain, which shares with all others what does not change. */
  HeapLedger newLedger() {
    return new HeapLedger(ledger);
  }

  /** As an operator has them who knows most of this chain to be the one that everybody uses. */
  ChainOptions options() {
    return options;
  }

  int coinCount() {
    return coins.size();
  }

  /**
   * Spends a coin.
   *
   * @param bytes about how large the transaction is to be
   */
  Transaction spend(int coin, long feeSat, int bytes) {
    List<TxOut> outputs = new ArrayList<>();
    outputs.add(new TxOut(coinSat - feeSat, ANYONE));
    if (bytes > SPEND_BYTES) {
      byte[] data = new byte[bytes - SPEND_BYTES];
      outputs.add(new TxOut(0, new ScriptBuilder().op(Opcode.OP_RETURN).push(data).build()));
    }
    return new Transaction(2, List.of(spending(coins.get(coin))), outputs, 0);
  }
}
