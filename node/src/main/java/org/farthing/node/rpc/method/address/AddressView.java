package org.farthing.node.rpc.method.address;

import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.index.AddressIndex;
import org.farthing.consensus.index.IndexStore;
import org.farthing.node.indexes.IndexKind;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.port.ChainPort;

/** The address index as of one block. */
final class AddressView implements AutoCloseable {
  private final IndexStore.View rows;
  private final HeaderNode best;

  private AddressView(IndexStore.View rows, HeaderNode best) {
    this.rows = rows;
    this.best = best;
  }

  /**
   * To be closed.
   *
   * @throws RpcException if there is no such index, or it has not caught up
   */
  static AddressView open(Indexes indexes, ChainPort chain) {
    RunningIndex index =
        indexes
            .find(IndexKind.ADDRESSES)
            .orElseThrow(
                () ->
                    RpcException.misc(
                        "Address index is not enabled. Use -addressindex to enable address"
                            + " queries"));
    if (!index.awaitTip()) {
      throw RpcException.misc(
          "Addresses are still in the process of being indexed. Current height: "
              + index.best().map(HeaderNode::height).orElse(0));
    }
    IndexStore.View rows = index.view();
    ChainSnapshot now = chain.snapshot();
    HeaderNode best = rows.position().flatMap(p -> p.known(now.chain())).orElse(now.tip());
    return new AddressView(rows, best);
  }

  AddressIndex index() {
    return new AddressIndex(rows);
  }

  /** The block up to which it is complete. */
  HeaderNode best() {
    return best;
  }

  @Override
  public void close() {
    rows.close();
  }
}
