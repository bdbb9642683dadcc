package org.farthing.node.cli.bench.chain;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;

/**
 * A chain as a file that Bitcoin Core's {@code -loadblock} reads: each block after the network's
 * magic number and its own length, four bytes each, the genesis block first. Thread-safe.
 */
public final class ChainFile implements AutoCloseable {
  private static final int FRAME_SIZE = 8;

  private final Path path;
  private final FileChannel channel;
  private final List<BlockHeader> headers = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final Map<BlockHash, Integer> heights = new HashMap<>();

  /** Where a block stands, without its frame. */
  private record Place(long offset, int size) {}

  /** Puts blocks into a new file. */
  static final class Writer implements AutoCloseable {
    private final OutputStream out;
    private final int magic;

    private Writer(OutputStream out, int magic) {
      this.out = out;
      this.magic = magic;
    }

    void add(Block block) throws IOException {
      byte[] bytes = block.serialize();
      ByteBuffer frame = ByteBuffer.allocate(FRAME_SIZE).putInt(magic);
      frame.order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length);
      out.write(frame.array());
      out.write(bytes);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  private ChainFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static Writer writer(Path file, int magic) throws IOException {
    return new Writer(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20), magic);
  }

  static ChainFile open(Path file) throws IOException {
    ChainFile chain = new ChainFile(file, FileChannel.open(file));
    try {
      chain.index();
    } catch (DecodeException e) {
      chain.close();
      throw new IOException(file + " is no file of blocks: " + e.getMessage(), e);
    }
    return chain;
  }

  private void index() throws IOException, DecodeException {
    long at = 0;
    while (at < channel.size()) {
      ByteBuffer frame = ByteBuffer.wrap(read(at, FRAME_SIZE + BlockHeader.SIZE));
      int size = frame.order(ByteOrder.LITTLE_ENDIAN).getInt(Integer.BYTES);
      byte[] header = new byte[BlockHeader.SIZE];
      frame.position(FRAME_SIZE).get(header);
      headers.add(BlockHeader.read(new ByteReader(header)));
      places.add(new Place(at + FRAME_SIZE, size));
      heights.put(headers.get(height()).hash(), height());
      at += FRAME_SIZE + size;
    }
  }

  private byte[] read(long offset, int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(size);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new IOException(path + " ends in the middle of a block");
      }
    }
    return buffer.array();
  }

  public Path path() {
    return path;
  }

  public long bytes() throws IOException {
    return channel.size();
  }

  /** Of the last block. */
  public int height() {
    return headers.size() - 1;
  }

  Optional<Integer> heightOf(BlockHash hash) {
    return Optional.ofNullable(heights.get(hash));
  }

  /** Headers from a height on. */
  List<BlockHeader> headers(int first, int most) {
    return headers.subList(first, Math.min(headers.size(), first + most));
  }

  /** A block's bytes. */
  byte[] block(int height) throws IOException {
    Place place = places.get(height);
    return read(place.offset(), place.size());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
