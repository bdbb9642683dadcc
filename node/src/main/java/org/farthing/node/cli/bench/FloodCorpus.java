package org.farthing.node.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.wire.FeeFilter;
import org.farthing.node.wire.FrameHeader;
import org.farthing.node.wire.GetAddr;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.GetHeaders;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.MempoolRequest;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageCodec;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.SendCmpct;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.Verack;
import org.farthing.node.wire.Version;
import org.farthing.node.wire.WtxidRelay;

/** What hostile peers say: prepared once, so that saying it costs them nothing. */
final class FloodCorpus {
  private static final int ITEMS = 1000;
  private static final int EACH = 8;
  private static final int GARBAGE = 5000;
  private static final int LARGE = 1_000_000;
  private static final int EASY_BITS = 0x207fffff;

  private final int magic;
  private final Random random;
  private final List<byte[]> frames = new ArrayList<>();

  FloodCorpus(int magic, Random random) {
    this.magic = magic;
    this.random = random;
    for (int i = 0; i < EACH; i++) {
      valid();
      invalid();
    }
  }

  /** One of the messages. */
  byte[] any(Random chance) {
    return frames.get(chance.nextInt(frames.size()));
  }

  /** The handshake. */
  List<byte[]> greeting(long nonce) {
    Version version =
        new Version(
            Version.PROTOCOL,
            Services.NETWORK | Services.WITNESS,
            0,
            Version.Endpoint.NONE,
            Version.Endpoint.NONE,
            nonce,
            new Version.Client("/flood/", 0, true));
    return List.of(frame(version), frame(new WtxidRelay()), frame(new Verack()));
  }

  private void valid() {
    add(new Ping(random.nextLong()));
    add(new Inv(items(InvType.WTX)));
    add(new Inv(items(InvType.BLOCK).subList(0, 1)));
    add(new GetData(items(InvType.WTX)));
    add(new GetHeaders(Version.PROTOCOL, List.of(hash()), BlockHash.ZERO));
    add(new FeeFilter(random.nextInt(ITEMS)));
    add(new GetAddr());
    add(new MempoolRequest());
    add(new SendCmpct(0, 2));
    // Connects to nothing, and has perhaps its work.
    add(new Headers(List.of(header())));
    payload("unheardof", bytes(GARBAGE));
    payload("unheardof", bytes(LARGE));
  }

  private void invalid() {
    payload("inv", bytes(GARBAGE));
    payload("headers", bytes(GARBAGE));
    payload("tx", bytes(GARBAGE));
    payload("block", bytes(GARBAGE));
    payload("addrv2", bytes(GARBAGE));
    payload("ping", bytes(3));
    // A list that is said to be endless.
    payload("getdata", new byte[] {(byte) 0xfe, -1, -1, -1, 0x7f, 1, 2, 3});
    byte[] wrongChecksum = frame(new Inv(items(InvType.WTX)));
    wrongChecksum[wrongChecksum.length - 1] ^= 1;
    frames.add(wrongChecksum);
    // Ends the conversation, as do those headers above that have no work: now and then only.
    if (random.nextInt(EACH) == 0) {
      frames.add(bytes(100));
    }
  }

  private void add(Message message) {
    frames.add(frame(message));
  }

  private byte[] frame(Message message) {
    return frame(message.command(), MessageCodec.encode(message));
  }

  private void payload(String command, byte[] payload) {
    frames.add(frame(command, payload));
  }

  private byte[] frame(String command, byte[] payload) {
    ByteWriter out = new ByteWriter(FrameHeader.SIZE + payload.length);
    FrameHeader.of(magic, command, payload).writeTo(out);
    return out.bytes(payload).toByteArray();
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private BlockHash hash() {
    return BlockHash.of(bytes(BlockHash.SIZE));
  }

  private List<InvItem> items(InvType type) {
    List<InvItem> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      items.add(new InvItem(type, type.isBlock() ? hash() : Wtxid.of(bytes(Wtxid.SIZE))));
    }
    return items;
  }

  private BlockHeader header() {
    MerkleRoot root = MerkleRoot.of(bytes(MerkleRoot.SIZE));
    return new BlockHeader(4, hash(), root, random.nextInt(1 << 30), EASY_BITS, random.nextInt());
  }
}
