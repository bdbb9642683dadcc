package org.farthing.node.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageCodec;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.ElligatorSwift;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageType;

/**
 * Messages to and from the bytes of the encrypted protocol (BIP-0324). Both sides send a key that
 * looks like random bytes, then garbage, and find its end by what both know then. Somebody who
 * calls us and begins as the unencrypted protocol does is answered in that one: this handler makes
 * place for its two. What is to be sent waits until there is a way to send it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes are seen through the pipeline
final class V2Codec extends ByteToMessageCodec<Message> {
  /** The most garbage that a side may send. */
  static final int MAX_GARBAGE = 4095;

  private static final String ERROR = "V2 transport error: ";
  private static final byte[] NONE = {};
  private static final int MAGIC_SIZE = Integer.BYTES;

  /** What follows the magic in the first message of the unencrypted protocol. */
  private static final byte[] VERSION_COMMAND =
      "version\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

  private static final SecureRandom RANDOM = new SecureRandom();

  /** What is read next. */
  private enum Stage {
    /** As much as tells the protocols apart. */
    DETECT,
    KEY,
    GARBAGE,
    /** A packet that says nothing yet. */
    VERSION,
    /** Packets of messages. */
    MESSAGES,
    /** Nothing that could be understood. */
    BROKEN
  }

  private record Waiting(Message message, ChannelPromise promise) {}

  private final byte[] v1Prefix;
  private final int magic;
  private final boolean initiating;
  private final Traffic.Counter traffic;
  private final MessageTap tap;
  private final Consumer<Encryption> found;
  private final Queue<Waiting> waiting = new ArrayDeque<>();

  private Stage stage;
  private byte[] privateKey;
  private byte[] ours;
  private byte[] garbage;
  private V2Session session;

  /** How many bytes of the garbage are known not to end it. */
  private int searched;

  /** What the next packet is authenticated with. */
  private byte[] associated = NONE;

  /** Of the packet that comes, once it is known. */
  private int contentsSize = -1;

  /**
   * @param magic of the network, in one big-endian number
   * @param initiating whether we have called
   * @param found is told as soon as it is known how the bytes travel
   */
  V2Codec(
      int magic,
      boolean initiating,
      Traffic.Counter traffic,
      MessageTap tap,
      Consumer<Encryption> found) {
    this.magic = magic;
    this.initiating = initiating;
    this.traffic = traffic;
    this.tap = tap;
    this.found = found;
    this.stage = initiating ? Stage.KEY : Stage.DETECT;
    this.v1Prefix =
        ByteBuffer.allocate(MAGIC_SIZE + VERSION_COMMAND.length)
            .putInt(magic)
            .put(VERSION_COMMAND)
            .array();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    if (initiating) {
      sendKey(context);
    }
    super.channelActive(context);
  }

  private void sendKey(ChannelHandlerContext context) {
    privateKey = new byte[Secp256k1.KEY_SIZE];
    do {
      RANDOM.nextBytes(privateKey);
    } while (!Secp256k1.isValidPrivateKey(privateKey));
    ours = ElligatorSwift.encode(Secp256k1.publicKey(privateKey), RANDOM);
    garbage = new byte[RANDOM.nextInt(MAX_GARBAGE + 1)];
    RANDOM.nextBytes(garbage);
    writeAndFlush(context, ours, garbage);
  }

  /** Bytes that are no message. */
  private void writeAndFlush(ChannelHandlerContext context, byte[]... parts) {
    ByteBuf bytes = Unpooled.wrappedBuffer(parts);
    int size = bytes.readableBytes();
    context
        .writeAndFlush(bytes)
        .addListener(
            sent -> {
              if (sent.isSuccess()) {
                traffic.sent(size);
              }
            });
  }

  // Receiving.

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    switch (stage) {
      case DETECT -> detect(context, in, out);
      case KEY -> readKey(context, in, out);
      case GARBAGE -> readGarbage(in, out);
      case VERSION, MESSAGES -> readPacket(in, out);
      case BROKEN -> in.skipBytes(in.readableBytes());
    }
  }

  private void detect(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int size = Math.min(in.readableBytes(), v1Prefix.length);
    byte[] begin = peek(in, size);
    if (!Arrays.equals(begin, Arrays.copyOf(v1Prefix, size))) {
      stage = Stage.KEY;
      sendKey(context);
      // Nothing was taken from the buffer: nobody would call again before more comes.
      readKey(context, in, out);
    } else if (size == v1Prefix.length) {
      found.accept(Encryption.NONE);
      makePlaceForV1(context);
    }
  }

  private static byte[] peek(ByteBuf in, int size) {
    byte[] bytes = new byte[size];
    in.getBytes(in.readerIndex(), bytes);
    return bytes;
  }

  private void makePlaceForV1(ChannelHandlerContext context) {
    V1Encoder encoder = new V1Encoder(magic, traffic, tap);
    context
        .pipeline()
        .addAfter(context.name(), "v1 encoder", encoder)
        .addAfter(context.name(), "v1 decoder", new V1Decoder(magic, traffic, tap))
        .remove(this);
    ChannelHandlerContext sender = context.pipeline().context(encoder);
    waiting.forEach(each -> encoder.write(sender, each.message(), each.promise()));
    waiting.clear();
    sender.flush();
  }

  private void readKey(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (!initiating && in.readableBytes() >= v1Prefix.length) {
      byte[] begin = peek(in, v1Prefix.length);
      if (Arrays.equals(Arrays.copyOfRange(begin, MAGIC_SIZE, begin.length), VERSION_COMMAND)) {
        String theirMagic = Hex.encode(Arrays.copyOf(begin, MAGIC_SIZE));
        fail("V1 peer with wrong MessageStart " + theirMagic, in, out);
        return;
      }
    }
    if (in.readableBytes() < ElligatorSwift.SIZE) {
      return;
    }
    byte[] theirs = new byte[ElligatorSwift.SIZE];
    in.readBytes(theirs);
    byte[] secret = ElligatorSwift.sharedSecret(privateKey, ours, theirs, initiating);
    Arrays.fill(privateKey, (byte) 0);
    session = new V2Session(magic, secret, initiating);
    Arrays.fill(secret, (byte) 0);
    writeAndFlush(context, session.sendTerminator(), session.encrypt(NONE, garbage, false));
    garbage = NONE;
    stage = Stage.GARBAGE;
    waiting.forEach(each -> encrypt(context, each.message(), each.promise()));
    waiting.clear();
    context.flush();
  }

  private void readGarbage(ByteBuf in, List<Object> out) {
    byte[] terminator = session.receiveTerminator();
    int size = Math.min(in.readableBytes(), MAX_GARBAGE + terminator.length);
    ByteBuf wanted = Unpooled.wrappedBuffer(terminator);
    for (int end = Math.max(searched + 1, terminator.length); end <= size; end++) {
      int from = in.readerIndex() + end - terminator.length;
      if (ByteBufUtil.equals(in, from, wanted, 0, terminator.length)) {
        associated = peek(in, end - terminator.length);
        in.skipBytes(end);
        found.accept(Encryption.of(session.id()));
        stage = Stage.VERSION;
        return;
      }
    }
    searched = size;
    if (size == MAX_GARBAGE + terminator.length) {
      fail("missing garbage terminator", in, out);
    }
  }

  private void readPacket(ByteBuf in, List<Object> out) {
    if (contentsSize < 0) {
      if (in.readableBytes() < V2Session.LENGTH_SIZE) {
        return;
      }
      byte[] hidden = new byte[V2Session.LENGTH_SIZE];
      in.readBytes(hidden);
      contentsSize = session.decryptLength(hidden);
      if (contentsSize > V2Contents.MAX_SIZE) {
        fail("packet too large (%d bytes)".formatted(contentsSize), in, out);
        return;
      }
    }
    int size = contentsSize + V2Session.OVERHEAD;
    if (in.readableBytes() < size) {
      return;
    }
    byte[] rest = new byte[size];
    in.readBytes(rest);
    Optional<V2Session.Packet> packet = session.decrypt(rest, associated);
    if (packet.isEmpty()) {
      fail("packet decryption failure (%d bytes)".formatted(contentsSize), in, out);
      return;
    }
    associated = NONE;
    contentsSize = -1;
    if (packet.get().ignore()) {
      return;
    }
    if (stage == Stage.VERSION) {
      stage = Stage.MESSAGES;
    } else {
      readMessage(packet.get().contents(), out);
    }
  }

  private void readMessage(ByteReader contents, List<Object> out) {
    int length = contents.remaining();
    int size = V2Session.LENGTH_SIZE + V2Session.OVERHEAD + length;
    Optional<String> command = V2Contents.readCommand(contents);
    if (command.isEmpty()) {
      traffic.receivedMessage(MessageType.OTHER, size);
      out.add(
          new Received.Dropped(
              ERROR + "invalid message type (%d bytes contents)".formatted(length)));
      return;
    }
    traffic.receivedMessage(MessageType.of(command.get()), size);
    tap.received(command.get(), contents::rest);
    out.add(Received.of(command.get(), contents, size));
  }

  private void fail(String reason, ByteBuf in, List<Object> out) {
    stage = Stage.BROKEN;
    in.skipBytes(in.readableBytes());
    out.add(new Received.Broken(ERROR + reason));
  }

  // Sending.

  @Override
  public void write(ChannelHandlerContext context, Object object, ChannelPromise promise) {
    if (!(object instanceof Message message)) {
      context.write(object, promise);
    } else if (session == null) {
      waiting.add(new Waiting(message, promise));
    } else {
      encrypt(context, message, promise);
    }
  }

  private void encrypt(ChannelHandlerContext context, Message message, ChannelPromise promise) {
    byte[] payload = V1Encoder.payload(message);
    tap.sent(message.command(), payload);
    NettyConnection.logSending(context, message.command(), payload.length);
    byte[] contents = V2Contents.encode(message.command(), payload);
    byte[] packet = session.encrypt(contents, NONE, false);
    promise.addListener(
        sent -> {
          if (sent.isSuccess()) {
            traffic.sent(message.type(), packet.length);
          }
        });
    context.write(Unpooled.wrappedBuffer(packet), promise);
  }

  @Override
  protected void encode(ChannelHandlerContext context, Message message, ByteBuf out) {
    throw new AssertionError("messages are written whole");
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    waiting.forEach(each -> each.promise().tryFailure(new ClosedChannelException()));
    waiting.clear();
    super.channelInactive(context);
  }
}
