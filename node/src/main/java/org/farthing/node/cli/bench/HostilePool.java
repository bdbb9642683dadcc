package org.farthing.node.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.mempool.PackageResult;

/**
 * A mempool over as many coins as anybody wants, which measures how much CPU time it takes for each
 * message: from the bytes to the answer. Its own transactions pay to anchors, which need no
 * signature, so that what is measured is the mempool.
 */
final class HostilePool implements AutoCloseable {
  static final Script ANCHOR = Script.of(new byte[] {0x51, 0x02, 0x4e, 0x73});
  static final long COIN_SAT = 10_000_000_000L;
  static final long SMALL_SAT = 1_000_000;

  /** One signature of twenty keys; the one that counts is tried last. */
  static final Script ONE_OF_TWENTY = oneOf(20);

  private static final List<Optional<Coin>> COIN_OF_LOCK =
      Lock.ALL.stream().map(lock -> Optional.of(new Coin(lock.output(), 0, false))).toList();

  private static final LongSupplier CPU_NANOS = cpuClock();
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int SEQUENCE = -3;
  private static final long COINS = 0x636f696e73L;

  /** What a coin pays to; the numbers count from 0. */
  record Lock(int number, Script script) {
    static final Lock ANCHOR = new Lock(0, HostilePool.ANCHOR);
    static final Lock KEY_HASH = new Lock(1, KnownKey.LOCK);
    static final Lock ONE_OF_TWENTY =
        new Lock(2, ScriptPattern.p2wsh(Sha256.hash(HostilePool.ONE_OF_TWENTY.toByteArray())));
    static final List<Lock> ALL = List.of(ANCHOR, KEY_HASH, ONE_OF_TWENTY);

    TxOut output() {
      return new TxOut(COIN_SAT, script);
    }
  }

  /**
   * What came of a message.
   *
   * @param millis how long it took
   * @param reason why it was refused; empty if not
   */
  record Answer(double millis, String reason) {
    boolean isAccepted() {
      return reason.isEmpty();
    }
  }

  private final ChainState chain;
  private final Mempool mempool;
  private final long nowMillis;
  private long coins;

  HostilePool(MempoolOptions options) {
    ConsensusParams params = ConsensusParams.regtest();
    this.chain = ChainState.open(params, RocksLedger.inMemory(params), Runnable::run);
    this.mempool =
        new Mempool(MempoolChain.of(chain, () -> HostilePool::coin), options, Owner.UNCHECKED);
    this.nowMillis = params.genesis().header().timeSeconds() * 1000L;
  }

  /** Of this thread: others may want the machine as well. */
  private static LongSupplier cpuClock() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported()
        ? threads::getCurrentThreadCpuTime
        : System::nanoTime;
  }

  private static Script oneOf(int count) {
    ScriptBuilder script = new ScriptBuilder().op(Opcode.OP_1);
    for (int i = 1; i <= count; i++) {
      script.push(KnownKey.publicKey(i));
    }
    return script.number(count).op(Opcode.OP_CHECKMULTISIG).build();
  }

  Mempool mempool() {
    return mempool;
  }

  /** Coins have other names than any transaction. */
  private static Optional<Coin> coin(OutPoint place) {
    return place.txid().word(3) == COINS && place.index() == 0
        ? COIN_OF_LOCK.get((int) place.txid().word(2))
        : Optional.empty();
  }

  /** A coin that nobody has spent. */
  OutPoint coin(Lock lock) {
    ByteBuffer id = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    id.put(Sha256.hash(Long.toString(++coins).getBytes(StandardCharsets.US_ASCII)));
    id.putLong(2 * Long.BYTES, lock.number()).putLong(3 * Long.BYTES, COINS);
    return new OutPoint(Txid.of(id.array()), 0);
  }

  /** Spends such coins, or outputs of others, to several anchors; the first gets the most. */
  static Transaction spend(List<OutPoint> coins, long valueSat, int outputs) {
    List<TxIn> inputs = new ArrayList<>();
    coins.forEach(coin -> inputs.add(new TxIn(coin, Script.EMPTY, SEQUENCE)));
    List<TxOut> outs = new ArrayList<>(Collections.nCopies(outputs, new TxOut(SMALL_SAT, ANCHOR)));
    outs.set(0, new TxOut(valueSat - SMALL_SAT * (outputs - 1), ANCHOR));
    return new Transaction(2, inputs, outs, 0);
  }

  /** Offers a transaction as a peer does. */
  Answer offer(Transaction transaction) {
    byte[] bytes = transaction.serialize();
    return timed(
        () -> {
          MempoolResult result = mempool.accept(decode(bytes), nowMillis);
          return result.reason();
        });
  }

  /** Offers a package. */
  Answer offer(List<Transaction> transactions) {
    List<byte[]> bytes = transactions.stream().map(Transaction::serialize).toList();
    return timed(
        () -> {
          PackageResult result =
              mempool.accept(
                  bytes.stream().map(HostilePool::decode).toList(), Optional.empty(), nowMillis);
          return result.fault().map(PackageResult.Fault::toString).orElse("");
        });
  }

  private static Answer timed(Supplier<String> message) {
    long begin = CPU_NANOS.getAsLong();
    String reason = message.get();
    return new Answer((CPU_NANOS.getAsLong() - begin) / NANOS_PER_MILLI, reason);
  }

  private static Transaction decode(byte[] bytes) {
    try {
      return Transaction.decode(bytes);
    } catch (DecodeException e) {
      throw new AssertionError("it was encoded here", e);
    }
  }

  /** Offers what has to be taken, so that something else can be measured. */
  Transaction accept(Transaction transaction) {
    MempoolResult result = mempool.accept(transaction, nowMillis);
    if (!result.isAccepted()) {
      throw new AssertionError("refused: " + result);
    }
    return transaction;
  }

  /** The memory in use as a part of what may be used. */
  double fullness() {
    return (double) mempool.snapshot().usageBytes() / mempool.options().maxBytes();
  }

  @Override
  public void close() {
    chain.close();
  }
}
