package org.farthing.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Transaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {
  private static final int ROUNDS = 100;

  static List<Class<? extends Message>> kinds() {
    return RandomMessages.kinds();
  }

  private static Message decode(Message like, byte[] payload) throws DecodeException {
    return MessageCodec.decode(like.command(), payload);
  }

  @Test
  void everyKindOfMessageIsTested() {
    assertThat(kinds()).containsExactlyInAnyOrderElementsOf(permitted());
    Set<MessageType> tested =
        kinds().stream()
            .map(kind -> new RandomMessages(0).next(kind).type())
            .collect(Collectors.toSet());
    assertThat(Stream.of(MessageType.values()).filter(MessageType::isDecoded)).isSubsetOf(tested);
  }

  @SuppressWarnings("unchecked")
  private static List<Class<? extends Message>> permitted() {
    return Stream.of(Message.class.getPermittedSubclasses())
        .<Class<? extends Message>>map(each -> (Class<? extends Message>) each)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyMessageIsReadAsItWasWritten(Class<? extends Message> kind) throws DecodeException {
    RandomMessages messages = new RandomMessages(1);
    for (int i = 0; i < ROUNDS; i++) {
      Message message = messages.next(kind);
      byte[] payload = MessageCodec.encode(message);
      Message read = decode(message, payload);
      assertThat(read).isEqualTo(message).hasSameHashCodeAs(message).isInstanceOf(kind);
      assertThat(MessageCodec.encode(read)).isEqualTo(payload);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aMessageThatEndsEarlyIsRefused(Class<? extends Message> kind) throws DecodeException {
    Message message = new RandomMessages(2).next(kind);
    byte[] payload = MessageCodec.encode(message);
    Set<Integer> accepted = new TreeSet<>();
    for (int length = 0; length < payload.length; length++) {
      try {
        decode(message, Arrays.copyOf(payload, length));
        accepted.add(length);
      } catch (DecodeException refused) {
        assertThat(refused).hasMessageContaining("end of data");
      }
    }
    assertThat(accepted).isEqualTo(acceptedPrefixes(message, payload.length));
  }

  /** What Bitcoin Core takes all the same. */
  private static Set<Integer> acceptedPrefixes(Message message, int length) {
    if (message instanceof Version) {
      // Without the sender, without the user agent, without the height, without the relay flag.
      return Set.of(46, 80, length - 5, length - 1);
    }
    if (message instanceof Ping) {
      return Set.of(0);
    }
    if (message instanceof Pong) {
      return Set.of(0, 1, 2, 3, 4, 5, 6, 7);
    }
    if (message instanceof UnknownMessage) {
      Set<Integer> all = new TreeSet<>();
      for (int i = 0; i < length; i++) {
        all.add(i);
      }
      return all;
    }
    return Set.of();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void bytesBehindTheEndAreIgnored(Class<? extends Message> kind) throws DecodeException {
    Message message = new RandomMessages(3).next(kind);
    if (message instanceof UnknownMessage
        || message instanceof EmptyPing
        || message instanceof ShortPong
        || message instanceof Feature) {
      return; // longer ones are other messages, or forbidden (BIP-0434)
    }
    byte[] payload = MessageCodec.encode(message);
    assertThat(decode(message, Arrays.copyOf(payload, payload.length + 3))).isEqualTo(message);
  }

  @ParameterizedTest
  @EnumSource(MessageType.class)
  void noBytesGiveAnythingButADecodeException(MessageType type) {
    Random random = new Random(4);
    for (int i = 0; i < 5000; i++) {
      byte[] payload = new byte[random.nextInt(200)];
      random.nextBytes(payload);
      tryToDecode(type, payload);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void noDamageGivesAnythingButADecodeException(Class<? extends Message> kind) {
    RandomMessages messages = new RandomMessages(5);
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      Message message = messages.next(kind);
      byte[] payload = MessageCodec.encode(message);
      for (int flips = random.nextInt(3); flips >= 0 && payload.length > 0; flips--) {
        payload[random.nextInt(Math.min(payload.length, 300))] = (byte) random.nextInt();
      }
      tryToDecode(message.type(), payload);
    }
  }

  private static void tryToDecode(MessageType type, byte[] payload) {
    try {
      assertThat(MessageCodec.decode(type.command(), payload)).isNotNull();
    } catch (DecodeException expected) {
      assertThat(expected).hasMessageMatching(".+");
    }
  }

  @Test
  void listsAreLimited() {
    BlockHash hash = new RandomMessages(6).blockHash();
    InvItem item = new InvItem(InvType.BLOCK, hash);
    TimedAddress address = new TimedAddress(0, 0, NetAddress.NONE);
    refused(new Inv(times(InvItem.MAX_ITEMS, item)), new Inv(times(InvItem.MAX_ITEMS + 1, item)));
    refused(
        new GetData(times(InvItem.MAX_ITEMS, item)),
        new GetData(times(InvItem.MAX_ITEMS + 1, item)));
    refused(new Addr(times(1000, address)), new Addr(times(1001, address)));
    refused(new AddrV2(times(1000, address)), new AddrV2(times(1001, address)));
    refused(new GetHeaders(1, times(101, hash), hash), new GetHeaders(1, times(102, hash), hash));
    var header = new RandomMessages(6).header();
    refused(new Headers(times(2000, header)), new Headers(times(2001, header)));
  }

  private static <T> List<T> times(int count, T element) {
    return Stream.generate(() -> element).limit(count).toList();
  }

  private static void refused(Message longest, Message tooLong) {
    assertThatThrownBy(() -> decode(tooLong, MessageCodec.encode(tooLong)))
        .isInstanceOf(DecodeException.class)
        .hasMessageStartingWith(tooLong.command() + " message size = ");
    try {
      assertThat(decode(longest, MessageCodec.encode(longest))).isEqualTo(longest);
    } catch (DecodeException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aLongListThatIsOnlyAnnouncedIsRefusedAtOnce() {
    byte[] payload = new ByteWriter().compactSize(50_000).toByteArray();
    for (String command : List.of("inv", "getdata", "notfound", "addr", "addrv2", "headers")) {
      assertThatThrownBy(() -> MessageCodec.decode(command, payload))
          .isInstanceOf(DecodeException.class)
          .hasMessageContaining("50000 elements announced");
    }
  }

  @Test
  void placesInABlockHave16Bits() throws DecodeException {
    BlockHash hash = new RandomMessages(9).blockHash();
    GetBlockTxn last = new GetBlockTxn(hash, List.of(0, 0xfffe, 0xffff));
    assertThat(decode(last, MessageCodec.encode(last))).isEqualTo(last);
    refusedFor("differential value overflow", new GetBlockTxn(hash, List.of(0x10000)));
    refusedFor("differential value overflow", new GetBlockTxn(hash, List.of(0xffff, 0x10000)));

    BlockHeader header = new RandomMessages(9).header();
    CmpctBlock most = new CmpctBlock(header, 1, times(0xffff, 5L), List.of());
    assertThat(decode(most, MessageCodec.encode(most))).isEqualTo(most);
    refusedFor(
        "indexes overflowed 16 bits", new CmpctBlock(header, 1, times(0x10000, 5L), List.of()));
    Transaction transaction = new RandomMessages(9).transaction();
    refusedFor(
        "CompactSize exceeds limit of type",
        new CmpctBlock(
            header, 1, List.of(), List.of(new CmpctBlock.Prefilled(0x10000, transaction))));
  }

  private static void refusedFor(String reason, Message message) {
    assertThatThrownBy(() -> decode(message, MessageCodec.encode(message)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining(reason);
  }

  /** The bytes of BIP-0152's definition, written down by hand. */
  @Test
  void compactBlocksAreWrittenAsBip152Says() throws DecodeException {
    byte[] header = new byte[80];
    String hex =
        Hex.encode(header) + "0807060504030201" + "02" + "665544332211" + "0000000000ff" + "00";
    CmpctBlock expected =
        new CmpctBlock(
            BlockHeader.read(new ByteReader(header)),
            0x0102030405060708L,
            List.of(0x112233445566L, 0xff0000000000L),
            List.of());
    assertThat(MessageCodec.decode("cmpctblock", Hex.decode(hex))).isEqualTo(expected);
    assertThat(Hex.encode(MessageCodec.encode(expected))).isEqualTo(hex);

    // Places 0, 1 and 5: nothing between the first two, three after them.
    GetBlockTxn wanted = new GetBlockTxn(BlockHash.ZERO, List.of(0, 1, 5));
    assertThat(Hex.encode(MessageCodec.encode(wanted))).endsWith("00" + "03" + "00" + "00" + "03");
  }

  @Test
  void itemsOfUnknownTypesAreLeftOut() throws DecodeException {
    InvItem known = new InvItem(InvType.BLOCK, BlockHash.ZERO);
    ByteWriter out = new ByteWriter().compactSize(2).int32(99).bytes(new byte[32]);
    known.writeTo(out);
    assertThat(MessageCodec.decode("inv", out.toByteArray())).isEqualTo(new Inv(List.of(known)));
  }

  @Test
  void theTransactionCountOfAHeaderIsIgnored() throws DecodeException {
    var header = new RandomMessages(7).header();
    byte[] payload = MessageCodec.encode(new Headers(List.of(header)));
    payload[payload.length - 1] = 42;
    assertThat(MessageCodec.decode("headers", payload)).isEqualTo(new Headers(List.of(header)));
  }

  @Test
  void aUserAgentIsLimitedAndCleaned() {
    RandomMessages messages = new RandomMessages(8);
    Version version = (Version) messages.next(Version.class);
    Version tooLong = withUserAgent(version, "x".repeat(257));
    assertThatThrownBy(() -> decode(tooLong, MessageCodec.encode(tooLong)))
        .isInstanceOf(DecodeException.class);
    assertThat(withUserAgent(version, "/Evil:1.0(\u001b[31m<b>é)/").cleanUserAgent())
        .isEqualTo("/Evil:1.0(31mb)/");
  }

  private static Version withUserAgent(Version version, String userAgent) {
    return new Version(
        version.protocol(),
        version.services(),
        version.timeSeconds(),
        version.receiver(),
        version.sender(),
        version.nonce(),
        new Version.Client(userAgent, 0, true));
  }
}
