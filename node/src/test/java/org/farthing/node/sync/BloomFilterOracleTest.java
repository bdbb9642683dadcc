package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bitcoinj.core.BloomFilter.BloomUpdate;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.filter.BloomFilter;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** bitcoinj makes filters, and says what passes them. */
class BloomFilterOracleTest {
  private static final int ROUNDS = 300;

  private final Random random = new Random(1);

  private static BloomFilter ours(org.bitcoinj.core.BloomFilter theirs) throws DecodeException {
    ByteReader in = new ByteReader(theirs.serialize());
    return new BloomFilter(ByteString.of(in.varBytes()), (int) in.uint32(), in.int32(), in.uint8());
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private Txid txid() {
    return Txid.of(bytes(32));
  }

  /** Scripts as clients look for; bitcoinj fails at numbers, and so at those of a multisig. */
  private Script script(int kind, byte[] element) {
    return switch (kind) {
      case 0 -> ScriptPattern.p2pkh(element);
      case 1 -> ScriptPattern.p2pk(TestKey.number(1 + random.nextInt(20)).publicKey());
      case 2 -> new ScriptBuilder().push(element).push(bytes(3)).build();
      default -> Script.EMPTY;
    };
  }

  private Transaction transaction(List<OutPoint> known, byte[] element) {
    List<TxIn> inputs = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      boolean spends = !known.isEmpty() && random.nextInt(3) == 0;
      OutPoint coin =
          spends
              ? known.get(random.nextInt(known.size()))
              : new OutPoint(txid(), random.nextInt(3));
      Script scriptSig =
          random.nextInt(6) == 0
              ? new ScriptBuilder().push(element).build()
              : new ScriptBuilder().push(bytes(30)).build();
      inputs.add(new TxIn(coin, scriptSig, random.nextInt()));
    }
    List<TxOut> outputs = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      outputs.add(
          new TxOut(1000, script(random.nextInt(4), random.nextInt(4) == 0 ? element : bytes(20))));
    }
    return new Transaction(2, inputs, outputs, random.nextInt());
  }

  @ParameterizedTest
  @EnumSource(BloomUpdate.class)
  void theSamePassesAndTheSameIsAdded(BloomUpdate update) throws DecodeException {
    byte[] element = bytes(20);
    org.bitcoinj.core.BloomFilter theirs =
        new org.bitcoinj.core.BloomFilter(200, 0.001, random.nextInt(), update);
    BloomFilter ours = ours(theirs);
    for (byte[] each : List.of(element, TestKey.number(1).publicKey(), bytes(1), bytes(520))) {
      theirs.insert(each);
      ours.add(each);
    }
    assertThat(ours.bits()).isEqualTo(ours(theirs).bits());
    List<OutPoint> known = new ArrayList<>();
    int passing = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Transaction transaction = transaction(known, element);
      boolean expected =
          theirs.applyAndUpdate(
              org.bitcoinj.core.Transaction.read(ByteBuffer.wrap(transaction.serialize())));
      assertThat(ours.passes(transaction)).as("%s", transaction).isEqualTo(expected);
      assertThat(ours.bits()).isEqualTo(ours(theirs).bits());
      passing += expected ? 1 : 0;
      known.add(transaction.outPoint(0));
    }
    assertThat(passing).isBetween(ROUNDS / 20, ROUNDS * 19 / 20);
  }

  /** The example of Bitcoin's developer documentation, and of many libraries' tests. */
  @Test
  void anExampleThatManyLibrariesShare() throws DecodeException {
    BloomFilter filter = new BloomFilter(ByteString.of(new byte[3]), 5, 0, 1);
    filter.add(Hex.decode("99108ad8ed9bb6274d3980bab5a85c048f0950c8"));
    assertThat(filter.contains(Hex.decode("99108ad8ed9bb6274d3980bab5a85c048f0950c8"))).isTrue();
    assertThat(filter.contains(Hex.decode("19108ad8ed9bb6274d3980bab5a85c048f0950c8"))).isFalse();
    filter.add(Hex.decode("b5a2c786d9ef4658287ced5914b37a1b4aa32eee"));
    filter.add(Hex.decode("b9300670b4c5366e95b2699e8b18bc75e5f729c5"));
    assertThat(filter.bits()).isEqualTo(ByteString.parse("614e9b"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void outputsOfAMultisigAreAddedWhereTheFlagsSaySo(int flags) {
    byte[] key = TestKey.number(1).publicKey();
    BloomFilter filter = new BloomFilter(ByteString.of(new byte[1000]), 10, 0, flags);
    filter.add(key);
    ByteString before = filter.bits();
    Script multisig = ScriptPattern.multisig(1, List.of(TestKey.number(2).publicKey(), key));
    TxIn input = new TxIn(new OutPoint(txid(), 0), Script.EMPTY, 0);
    Transaction funding = new Transaction(2, List.of(input), List.of(new TxOut(1, multisig)), 0);
    Transaction spending =
        new Transaction(
            2,
            List.of(new TxIn(funding.outPoint(0), Script.EMPTY, 0)),
            List.of(new TxOut(1, Script.EMPTY)),
            0);
    assertThat(filter.passes(spending)).isFalse();
    assertThat(filter.passes(funding)).isTrue();
    boolean added = flags == 1 || flags == 2;
    assertThat(filter.bits().equals(before)).isEqualTo(!added);
    assertThat(filter.passes(spending)).isEqualTo(added);
  }

  /** There is nothing to divide by (CVE-2013-5700). */
  @Test
  void withoutBitsEverythingPasses() {
    BloomFilter filter = new BloomFilter(ByteString.EMPTY, 1, 0, 0);
    filter.add(bytes(10));
    assertThat(filter.contains(bytes(10))).isTrue();
    assertThat(filter.passes(transaction(List.of(), bytes(20)))).isTrue();
  }
}
