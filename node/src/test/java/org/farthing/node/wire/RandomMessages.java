package org.farthing.node.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.FilterHash;
import org.farthing.consensus.primitives.FilterHeader;
import org.farthing.consensus.primitives.MerkleBlock;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.primitives.Wtxid;

/** Messages of every kind, with any values that the wire can carry. */
final class RandomMessages {
  private static final Map<Class<? extends Message>, Function<RandomMessages, Message>> KINDS =
      Map.ofEntries(
          Map.entry(Version.class, RandomMessages::version),
          Map.entry(Verack.class, all -> new Verack()),
          Map.entry(WtxidRelay.class, all -> new WtxidRelay()),
          Map.entry(SendAddrV2.class, all -> new SendAddrV2()),
          Map.entry(SendHeaders.class, all -> new SendHeaders()),
          Map.entry(GetAddr.class, all -> new GetAddr()),
          Map.entry(MempoolRequest.class, all -> new MempoolRequest()),
          Map.entry(Ping.class, all -> new Ping(all.random.nextLong())),
          Map.entry(EmptyPing.class, all -> new EmptyPing()),
          Map.entry(Pong.class, all -> new Pong(all.random.nextLong())),
          Map.entry(ShortPong.class, all -> new ShortPong()),
          Map.entry(
              Feature.class,
              all ->
                  new Feature(
                      "feature" + all.random.nextInt(1000),
                      ByteString.of(new byte[all.random.nextInt(512)]))),
          Map.entry(FeeFilter.class, all -> new FeeFilter(all.random.nextLong())),
          Map.entry(
              SendCmpct.class,
              all -> new SendCmpct(all.random.nextInt(256), all.random.nextLong())),
          Map.entry(
              GetHeaders.class,
              all -> new GetHeaders(all.random.nextInt(), all.locator(), all.blockHash())),
          Map.entry(
              GetBlocks.class,
              all -> new GetBlocks(all.random.nextInt(), all.locator(), all.blockHash())),
          Map.entry(GetCFilters.class, all -> new GetCFilters(all.filterRange())),
          Map.entry(GetCFHeaders.class, all -> new GetCFHeaders(all.filterRange())),
          Map.entry(
              GetCFCheckpt.class,
              all -> new GetCFCheckpt(all.random.nextInt(256), all.blockHash())),
          Map.entry(
              CFilter.class,
              all ->
                  new CFilter(
                      all.random.nextInt(256),
                      BlockFilter.decode(all.blockHash(), all.bytes(0, 100)))),
          Map.entry(
              CFHeaders.class,
              all ->
                  new CFHeaders(
                      all.random.nextInt(256),
                      all.blockHash(),
                      all.filterHeader(),
                      all.list(20, () -> FilterHash.of(all.bytes(32, 32))))),
          Map.entry(
              CFCheckpt.class,
              all ->
                  new CFCheckpt(
                      all.random.nextInt(256), all.blockHash(), all.list(20, all::filterHeader))),
          Map.entry(Headers.class, all -> new Headers(all.list(20, all::header))),
          Map.entry(Inv.class, all -> new Inv(all.list(300, all::invItem))),
          Map.entry(GetData.class, all -> new GetData(all.list(300, all::invItem))),
          Map.entry(NotFound.class, all -> new NotFound(all.list(300, all::invItem))),
          Map.entry(
              SendTxRcncl.class,
              all -> new SendTxRcncl(all.random.nextInt(10), all.random.nextLong())),
          Map.entry(StemTx.class, all -> new StemTx(all.transaction())),
          Map.entry(TxMessage.class, all -> new TxMessage(all.transaction())),
          Map.entry(
              BlockMessage.class,
              all -> new BlockMessage(new Block(all.header(), all.list(5, all::transaction)))),
          Map.entry(CmpctBlock.class, RandomMessages::compactBlock),
          Map.entry(GetBlockTxn.class, all -> new GetBlockTxn(all.blockHash(), all.risingPlaces())),
          Map.entry(
              BlockTxn.class, all -> new BlockTxn(all.blockHash(), all.list(5, all::transaction))),
          Map.entry(MerkleBlockMessage.class, RandomMessages::merkleBlock),
          Map.entry(
              FilterLoad.class,
              all ->
                  new FilterLoad(
                      ByteString.of(all.bytes(0, 300)),
                      all.uint32(),
                      all.random.nextInt(),
                      all.random.nextInt(256))),
          Map.entry(FilterAdd.class, all -> new FilterAdd(ByteString.of(all.bytes(0, 600)))),
          Map.entry(FilterClear.class, all -> new FilterClear()),
          Map.entry(Addr.class, all -> new Addr(all.list(30, all::oldAddress))),
          Map.entry(AddrV2.class, all -> new AddrV2(all.list(30, all::address))),
          Map.entry(
              UnknownMessage.class, all -> new UnknownMessage("whatever", all.bytes(0, 100))));

  private final Random random;

  RandomMessages(long seed) {
    this.random = new Random(seed);
  }

  /** The classes of all messages that there are. */
  static List<Class<? extends Message>> kinds() {
    return KINDS.keySet().stream().sorted((a, b) -> a.getName().compareTo(b.getName())).toList();
  }

  Message next(Class<? extends Message> kind) {
    return KINDS.get(kind).apply(this);
  }

  <T> List<T> list(int most, Supplier<T> element) {
    int size = random.nextInt(most + 1);
    return IntStream.range(0, size).mapToObj(i -> element.get()).toList();
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  byte[] bytes(int least, int most) {
    byte[] bytes = new byte[least + random.nextInt(most - least + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  BlockHash blockHash() {
    return BlockHash.of(bytes(32, 32));
  }

  private long uint32() {
    return random.nextInt() & 0xffffffffL;
  }

  private FilterRange filterRange() {
    return new FilterRange(random.nextInt(256), uint32(), blockHash());
  }

  private FilterHeader filterHeader() {
    return FilterHeader.ZERO.next(FilterHash.of(bytes(32, 32)));
  }

  private List<BlockHash> locator() {
    return list(WireLists.MAX_LOCATOR, this::blockHash);
  }

  BlockHeader header() {
    return new BlockHeader(
        random.nextInt(),
        blockHash(),
        MerkleRoot.of(bytes(32, 32)),
        uint32(),
        random.nextInt(),
        random.nextInt());
  }

  private InvItem invItem() {
    InvType type = oneOf(List.of(InvType.values()));
    return switch (type) {
      case TX, WITNESS_TX -> new InvItem(type, Txid.of(bytes(32, 32)));
      case WTX -> new InvItem(type, Wtxid.of(bytes(32, 32)));
      case BLOCK, FILTERED_BLOCK, COMPACT_BLOCK, WITNESS_BLOCK -> new InvItem(type, blockHash());
    };
  }

  /** With at least one input: without any it could not be told from one with witness. */
  Transaction transaction() {
    boolean witness = random.nextBoolean();
    List<TxIn> inputs = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      OutPoint outPoint = new OutPoint(Txid.of(bytes(32, 32)), random.nextInt());
      TxIn input = new TxIn(outPoint, Script.of(bytes(0, 300)), random.nextInt());
      inputs.add(witness ? input.withWitness(Witness.of(list(3, () -> bytes(0, 100)))) : input);
    }
    return new Transaction(
        random.nextInt(),
        inputs,
        list(4, () -> new TxOut(random.nextLong(), Script.of(bytes(0, 300)))),
        random.nextInt());
  }

  private Message compactBlock() {
    return new CmpctBlock(
        header(),
        random.nextLong(),
        list(20, () -> random.nextLong() >>> 16),
        list(3, () -> new CmpctBlock.Prefilled(random.nextInt(0x10000), transaction())));
  }

  private List<Integer> risingPlaces() {
    return random.ints(random.nextInt(20), 0, 0x10000).distinct().sorted().boxed().toList();
  }

  private Message merkleBlock() {
    List<Transaction> transactions = new ArrayList<>(list(20, this::transaction));
    transactions.add(transaction());
    Set<Txid> wanted =
        transactions.stream()
            .filter(transaction -> random.nextInt(3) == 0)
            .map(Transaction::txid)
            .collect(Collectors.toSet());
    return new MerkleBlockMessage(MerkleBlock.of(new Block(header(), transactions), wanted));
  }

  NetAddress netAddress(AddressNetwork network) {
    int size = network.addressSize();
    return NetAddress.of(network, bytes(size, size), random.nextInt(0x10000));
  }

  private TimedAddress timed(AddressNetwork network) {
    return new TimedAddress(uint32(), random.nextLong(), netAddress(network));
  }

  private TimedAddress oldAddress() {
    return timed(random.nextBoolean() ? AddressNetwork.IPV4 : AddressNetwork.IPV6);
  }

  private TimedAddress address() {
    return timed(oneOf(List.of(AddressNetwork.values())));
  }

  private Message version() {
    StringBuilder userAgent = new StringBuilder();
    random
        .ints(random.nextInt(Version.MAX_USER_AGENT + 1), 0, 256)
        .forEach(c -> userAgent.append((char) c));
    return new Version(
        random.nextInt(),
        random.nextLong(),
        random.nextLong(),
        new Version.Endpoint(random.nextLong(), netAddress(AddressNetwork.IPV4)),
        new Version.Endpoint(random.nextLong(), netAddress(AddressNetwork.IPV6)),
        random.nextLong(),
        new Version.Client(userAgent.toString(), random.nextInt(), random.nextBoolean()));
  }
}
