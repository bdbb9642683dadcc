package org.farthing.node.rpc.method.blockchain;

import org.farthing.node.indexes.IndexKind;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.Param;

/** The index of block filters, as methods name it. */
final class FilterLookup {
  /** The one kind of filter that there is. */
  private static final String BASIC = "basic";

  static final Param<String> FILTER_TYPE = Param.text("filtertype", "The kind of filter").or(BASIC);

  private FilterLookup() {}

  /** The index of a kind of filter, or Bitcoin Core's answer that there is none. */
  static RunningIndex index(Indexes indexes, String filterType) {
    if (!filterType.equals(BASIC)) {
      throw new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Unknown filtertype");
    }
    return indexes
        .find(IndexKind.BLOCK_FILTERS)
        .orElseThrow(() -> RpcException.misc("Index is not enabled for filtertype " + filterType));
  }
}
