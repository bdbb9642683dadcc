package org.farthing.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.core.AddressMessage;
import org.bitcoinj.core.BitcoinSerializer;
import org.bitcoinj.core.FeeFilterMessage;
import org.bitcoinj.core.HeadersMessage;
import org.bitcoinj.core.InventoryMessage;
import org.bitcoinj.core.VersionMessage;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** bitcoinj reads what we write, and we read what bitcoinj writes. */
class BitcoinjOracleTest {
  private static final int MAGIC = ConsensusParams.regtest().network().magic();
  private final BitcoinSerializer bitcoinj = new BitcoinSerializer(BitcoinNetwork.REGTEST);
  private final RandomMessages random = new RandomMessages(1);

  private static byte[] frame(Message message) {
    byte[] payload = MessageCodec.encode(message);
    ByteWriter out = new ByteWriter();
    FrameHeader.of(MAGIC, message.command(), payload).writeTo(out);
    return out.bytes(payload).toByteArray();
  }

  private <T extends org.bitcoinj.core.Message> T theirs(Message ours, Class<T> type)
      throws IOException {
    return type.cast(bitcoinj.deserialize(ByteBuffer.wrap(frame(ours))));
  }

  private byte[] write(org.bitcoinj.core.Message theirs) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bitcoinj.serialize(theirs, out);
    return out.toByteArray();
  }

  private Message ours(org.bitcoinj.core.Message theirs) throws IOException, DecodeException {
    byte[] frame = write(theirs);
    ByteReader in = new ByteReader(frame);
    FrameHeader header = FrameHeader.read(in);
    byte[] payload = in.bytes((int) header.length());
    assertThat(in.remaining()).isZero();
    assertThat(header.magic()).isEqualTo(MAGIC);
    assertThat(FrameHeader.checksum(payload, payload.length)).isEqualTo(header.checksum());
    return MessageCodec.decode(header.command(), payload);
  }

  /** Through bitcoinj and back the bytes stay the same. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        GetHeaders.class,
        GetBlocks.class,
        TxMessage.class,
        BlockMessage.class,
        Ping.class,
        Pong.class,
        SendHeaders.class,
        SendAddrV2.class,
        Verack.class
      })
  void theBytesStayTheSame(Class<? extends Message> kind) throws IOException, DecodeException {
    for (int i = 0; i < 50; i++) {
      Message message = normal(random.next(kind));
      org.bitcoinj.core.Message theirs = theirs(message, org.bitcoinj.core.Message.class);
      assertThat(write(theirs)).isEqualTo(frame(message));
      assertThat(ours(theirs)).isEqualTo(message);
    }
  }

  /** bitcoinj refuses what no rule allows even before it knows the rule. */
  private static Message normal(Message message) {
    if (message instanceof GetHeaders get) {
      return new GetHeaders(70016, get.locator(), get.stop());
    }
    if (message instanceof GetBlocks get) {
      return new GetBlocks(70016, get.locator(), get.stop());
    }
    if (message instanceof TxMessage tx) {
      return new TxMessage(withMoney(tx.transaction()));
    }
    if (message instanceof BlockMessage block) {
      return new BlockMessage(
          new Block(
              block.block().header(),
              block.block().transactions().stream().map(BitcoinjOracleTest::withMoney).toList()));
    }
    return message;
  }

  private static Transaction withMoney(Transaction any) {
    List<TxOut> outputs =
        any.outputs().stream()
            .map(each -> new TxOut(each.valueSat() & Integer.MAX_VALUE, each.scriptPubKey()))
            .toList();
    return new Transaction(any.version(), any.inputs(), outputs, any.lockTime());
  }

  @Test
  void version() throws IOException, DecodeException, Exception {
    NetAddress address = NetAddress.parse("1.2.3.4:18444", 0);
    Version ours =
        new Version(
            Version.PROTOCOL,
            Services.NETWORK | Services.WITNESS,
            1_700_000_000L,
            new Version.Endpoint(Services.NETWORK, address),
            Version.Endpoint.NONE,
            12345,
            new Version.Client("/Farthing:0.1.0/", 321, true));
    VersionMessage theirs = theirs(ours, VersionMessage.class);
    assertThat(theirs.clientVersion()).isEqualTo(Version.PROTOCOL);
    assertThat(theirs.services().bits()).isEqualTo(ours.services());
    assertThat(theirs.time).isEqualTo(Instant.ofEpochSecond(1_700_000_000L));
    assertThat(NetAddress.of(theirs.receivingAddr)).isEqualTo(address);
    assertThat(theirs.subVer).isEqualTo("/Farthing:0.1.0/");
    assertThat(theirs.bestHeight).isEqualTo(321);
    assertThat(theirs.relayTxesBeforeFilter).isTrue();

    Version back = (Version) ours(theirs);
    assertThat(back.client()).isEqualTo(ours.client());
    assertThat(back.receiver()).isEqualTo(ours.receiver());
    assertThat(back.timeSeconds()).isEqualTo(ours.timeSeconds());
  }

  @Test
  void inventory() throws IOException {
    BlockHash block = random.blockHash();
    Txid tx = Txid.of(random.bytes(32, 32));
    Inv ours = new Inv(List.of(new InvItem(InvType.BLOCK, block), new InvItem(InvType.TX, tx)));
    InventoryMessage theirs = theirs(ours, InventoryMessage.class);
    assertThat(theirs.getItems())
        .extracting(item -> item.hash.toString())
        .containsExactly(block.toString(), tx.toString());
    assertThat(theirs.getItems()).extracting(item -> item.type.code).containsExactly(2, 1);
    assertThat(write(theirs)).isEqualTo(frame(ours));
  }

  @Test
  void headers() throws IOException, DecodeException {
    List<BlockHeader> headers = IntStream.range(0, 20).mapToObj(i -> random.header()).toList();
    HeadersMessage theirs = theirs(new Headers(headers), HeadersMessage.class);
    assertThat(theirs.getBlockHeaders())
        .extracting(each -> each.getHash().toString())
        .isEqualTo(headers.stream().map(each -> each.hash().toString()).toList());
    assertThat(ours(theirs)).isEqualTo(new Headers(headers));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void addresses(boolean newForm) throws IOException, DecodeException {
    List<TimedAddress> addresses =
        IntStream.range(0, 50)
            .mapToObj(i -> newForm && i % 2 == 0 ? AddressNetwork.IPV6 : AddressNetwork.IPV4)
            .map(network -> new TimedAddress(1_700_000_000L, 9, random.netAddress(network)))
            .toList();
    Message ours = newForm ? new AddrV2(addresses) : new Addr(addresses);
    AddressMessage theirs = theirs(ours, AddressMessage.class);
    assertThat(theirs.getAddresses())
        .extracting(each -> NetAddress.of(each.getAddr(), each.getPort()))
        .isEqualTo(addresses.stream().map(TimedAddress::address).toList());
    assertThat(ours(theirs)).isEqualTo(ours);
  }

  @Test
  void feeFilter() throws IOException {
    FeeFilterMessage theirs = theirs(new FeeFilter(12_345), FeeFilterMessage.class);
    assertThat(theirs.feeRate().getValue()).isEqualTo(12_345);
    assertThat(write(theirs)).isEqualTo(frame(new FeeFilter(12_345)));
  }
}
