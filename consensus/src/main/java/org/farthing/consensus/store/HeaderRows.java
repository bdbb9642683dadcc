package org.farthing.consensus.store;

import java.util.function.Consumer;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.StoredHeader;
import org.farthing.consensus.primitives.BlockHash;

/**
 * Reads all headers, one after the other. They stay in memory, and nearly each follows the one of
 * the row before it: the two then share its hash.
 */
final class HeaderRows implements Database.RowConsumer {
  private final Consumer<StoredHeader> consumer;
  private BlockHash last = BlockHash.ZERO;

  HeaderRows(Consumer<StoredHeader> consumer) {
    this.consumer = consumer;
  }

  @Override
  public void take(byte[] key, byte[] value) throws DecodeException {
    StoredHeader stored = HeaderCodec.decode(Columns.HEADERS.key().decode(key), value, last);
    last = stored.header().hash();
    consumer.accept(stored);
  }
}
