package org.farthing.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.testing.Decoding;

/** Every message that a peer may send, and addresses as text. */
class WireFuzzTest {
  /** Messages of which no two payloads mean the same. */
  private static final Set<MessageType> CANONICAL =
      EnumSet.of(
          MessageType.GETBLOCKS,
          MessageType.GETHEADERS,
          MessageType.TX,
          MessageType.BLOCK,
          MessageType.PING,
          MessageType.PONG,
          MessageType.FEEFILTER,
          MessageType.MERKLEBLOCK,
          MessageType.CMPCTBLOCK);

  private static final List<MessageType> SHORT_FORMS =
      List.of(
          MessageType.CMPCTBLOCK,
          MessageType.GETBLOCKTXN,
          MessageType.BLOCKTXN,
          MessageType.SENDCMPCT);

  private static final List<MessageType> FILTERS =
      List.of(
          MessageType.FILTERLOAD,
          MessageType.FILTERADD,
          MessageType.MERKLEBLOCK,
          MessageType.GETCFILTERS,
          MessageType.CFILTER,
          MessageType.GETCFHEADERS,
          MessageType.CFHEADERS,
          MessageType.GETCFCHECKPT,
          MessageType.CFCHECKPT);

  private static final List<MessageType> INTRODUCTIONS =
      List.of(
          MessageType.ADDRV2,
          MessageType.FEATURE,
          MessageType.SENDTXRCNCL,
          MessageType.VERSION,
          MessageType.STEMTX);

  /** The first byte tells the command, the others are the payload. */
  @FuzzTest
  void message(byte[] input) throws Exception {
    check(List.of(MessageType.values()), input);
  }

  /** The messages of BIP-0152 alone. */
  @FuzzTest
  void shortForms(byte[] input) throws Exception {
    check(SHORT_FORMS, input);
  }

  /** The messages of BIP-0037 and BIP-0157 alone. */
  @FuzzTest
  void filters(byte[] input) throws Exception {
    check(FILTERS, input);
  }

  /** What peers say of themselves and of others. */
  @FuzzTest
  void introductions(byte[] input) throws Exception {
    check(INTRODUCTIONS, input);
  }

  private static void check(List<MessageType> types, byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    MessageType type = types.get((input[0] & 0xff) % types.size());
    byte[] payload = Arrays.copyOfRange(input, 1, input.length);
    Optional<Message> message =
        Decoding.of(
            payload.length,
            DecodeException.class,
            () -> MessageCodec.decode(type.command(), payload));
    if (message.isEmpty()) {
      return;
    }
    byte[] written = MessageCodec.encode(message.get());
    Message read = MessageCodec.decode(type.command(), written);
    assertThat(read).isEqualTo(message.get());
    assertThat(MessageCodec.encode(read)).isEqualTo(written);
    if (CANONICAL.contains(type)) {
      // What is left over behind a message is ignored: later versions may add to it.
      assertThat(Arrays.copyOf(payload, written.length)).isEqualTo(written);
    }
  }

  @FuzzTest
  void frameHeader(byte[] input) throws Exception {
    Optional<FrameHeader> header =
        Decoding.of(
            input.length, DecodeException.class, () -> FrameHeader.read(new ByteReader(input)));
    if (header.isPresent() && header.get().hasValidCommand()) {
      ByteWriter out = new ByteWriter();
      header.get().writeTo(out);
      assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(input, FrameHeader.SIZE));
    }
  }

  @FuzzTest
  void netAddress(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.UTF_8);
    Optional<NetAddress> address =
        Decoding.ofText(input.length, DecodeException.class, () -> NetAddress.parse(text, 8333));
    if (address.isPresent()) {
      NetAddress same = NetAddress.parse(address.get().toString(), 1);
      assertThat(same).isEqualTo(address.get()).hasToString(address.get().toString());
    }
  }

  @FuzzTest
  void base32(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.UTF_8);
    Optional<byte[]> bytes =
        Decoding.ofText(input.length, DecodeException.class, () -> Base32.decode(text));
    if (bytes.isPresent()) {
      assertThat(Base32.encode(bytes.get())).isEqualTo(text);
    }
    assertThat(Base32.decode(Base32.encode(input))).isEqualTo(input);
  }
}
