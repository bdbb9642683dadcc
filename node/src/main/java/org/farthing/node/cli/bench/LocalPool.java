package org.farthing.node.cli.bench;

import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.simulation.HeapLedger;

/** A mempool in this process, where the payments of a {@link PaymentChain} may wait. */
record LocalPool(ChainState chain, Mempool mempool, long nowSeconds) implements AutoCloseable {
  static LocalPool of(PaymentChain payments) throws CliException {
    ChainState chain = ChainState.open(ConsensusParams.regtest(), new HeapLedger(), Runnable::run);
    long nowSeconds = System.currentTimeMillis() / 1000;
    try {
      for (String block : payments.opening()) {
        chain.acceptBlock(Block.decode(Hex.decode(block)), nowSeconds);
      }
    } catch (DecodeException e) {
      chain.close();
      throw CliException.failed("the benchmark's chain cannot be decoded: " + e.getMessage());
    }
    Mempool mempool =
        new Mempool(MempoolChain.of(chain), MempoolOptions.defaults(), Owner.UNCHECKED);
    return new LocalPool(chain, mempool, nowSeconds);
  }

  @Override
  public void close() {
    chain.close();
  }
}
