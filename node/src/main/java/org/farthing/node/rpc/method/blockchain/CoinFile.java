package org.farthing.node.rpc.method.blockchain;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.chain.CompressedCoin;
import org.farthing.consensus.chain.UnspentOutput;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.BlockHash;

/**
 * Writes a file of a set of coins, in the format of Bitcoin Core's snapshots (version 2): network,
 * block and number of coins, then for each transaction, in the order of their ids, its unspent
 * outputs.
 */
final class CoinFile implements Closeable {
  private static final byte[] MAGIC = {'u', 't', 'x', 'o', (byte) 0xff};
  private static final int VERSION = 2;
  private static final int BUFFER = 1 << 16;

  private final FileChannel channel;
  private final OutputStream out;
  private final List<UnspentOutput> ofTransaction = new ArrayList<>();
  private final long countAt;
  private long coins;

  private CoinFile(FileChannel channel, byte[] head) throws IOException {
    this.channel = channel;
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    this.countAt = head.length;
    out.write(head);
    // How many there are is known in the end.
    out.write(new byte[Long.BYTES]);
  }

  /** Begins the file; one that is there already is written over. */
  static CoinFile create(Path path, Network network, BlockHash block) throws IOException {
    ByteWriter head = new ByteWriter();
    byte[] magic = ByteBuffer.allocate(Integer.BYTES).putInt(network.magic()).array();
    head.bytes(MAGIC).uint16(VERSION).bytes(magic);
    block.writeTo(head);
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      return new CoinFile(channel, head.toByteArray());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Adds a coin; they come in the order of their places. */
  void add(UnspentOutput coin) throws IOException {
    if (!ofTransaction.isEmpty()
        && !ofTransaction.get(0).outPoint().txid().equals(coin.outPoint().txid())) {
      writeTransaction();
    }
    ofTransaction.add(coin);
    coins++;
  }

  private void writeTransaction() throws IOException {
    if (ofTransaction.isEmpty()) {
      return;
    }
    ByteWriter writer = new ByteWriter(BUFFER);
    ofTransaction.get(0).outPoint().txid().writeTo(writer);
    writer.compactSize(ofTransaction.size());
    for (UnspentOutput unspent : ofTransaction) {
      writer.compactSize(unspent.outPoint().index());
      CompressedCoin.write(unspent.coin(), writer);
    }
    out.write(writer.toByteArray());
    ofTransaction.clear();
  }

  /** Writes what is left, and the number of coins; all of it is on the disk then. */
  void finish() throws IOException {
    writeTransaction();
    out.flush();
    byte[] count = new ByteWriter().int64(coins).toByteArray();
    channel.write(ByteBuffer.wrap(count), countAt);
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
