package org.farthing.node.wire;

import org.farthing.consensus.bytes.ByteWriter;

/**
 * What one node says to another: one record for each kind, immutable, holding every value that the
 * wire can carry. {@link MessageCodec} turns it to and from bytes.
 */
public sealed interface Message
    permits Addr,
        AddrV2,
        BlockMessage,
        BlockTxn,
        CFCheckpt,
        CFHeaders,
        CFilter,
        CmpctBlock,
        EmptyPing,
        Feature,
        FeeFilter,
        FilterAdd,
        FilterClear,
        FilterLoad,
        GetAddr,
        GetBlockTxn,
        GetBlocks,
        GetCFCheckpt,
        GetCFHeaders,
        GetCFilters,
        GetData,
        GetHeaders,
        Headers,
        Inv,
        MempoolRequest,
        MerkleBlockMessage,
        NotFound,
        Ping,
        Pong,
        SendAddrV2,
        SendCmpct,
        SendTxRcncl,
        SendHeaders,
        ShortPong,
        StemTx,
        TxMessage,
        UnknownMessage,
        Verack,
        Version,
        WtxidRelay {

  /** What to switch by; {@link MessageType#OTHER} for a command that nobody has defined. */
  MessageType type();

  /** The name that stands before the payload. */
  default String command() {
    return type().command();
  }

  /** About how many bytes the payload takes; known without writing it. */
  default int sizeHint() {
    return 64;
  }

  /** Writes the payload. */
  void writeTo(ByteWriter out);
}
