package org.farthing.wallet.psbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.psbt.PsbtAnalyzer.Role;
import org.farthing.wallet.spend.SigningKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PsbtRolesTest {
  private static final String KEY =
      "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
  private static final String P2WPKH = "0014" + "1111111111111111111111111111111111111111";
  private static final String P2TR = "5120" + KEY.substring(2);

  /** Version 2 with this many inputs of different transactions. */
  private static RawPsbt inputs(int count) {
    RawPsbt raw = RawPsbt.version2();
    raw.global.put("04", "0" + count);
    for (int i = 1; i < count; i++) {
      raw.inputs.add(
          new RawPsbt.Fields()
              .put("0e", "0%d".formatted(i).repeat(32))
              .put("0f", "00000000")
              .put("10", "fdffffff"));
    }
    return raw;
  }

  private static void lock(RawPsbt.Fields input, String time, String height) {
    if (time != null) {
      input.put("11", time);
    }
    if (height != null) {
      input.put("12", height);
    }
  }

  /** BIP-0370, "Determining Lock Time"; numbers are little endian, the result is decimal. */
  @ParameterizedTest
  @CsvSource({
    ",,,,7",
    ",10270000,,,10000",
    ",10270000,,28230000,10000",
    ",,,10270000,10000",
    "001e8d5d,,,,1569529344",
    "001e8d5d,10270000,,28230000,10000",
    "001e8d5d,10270000,001f8d5d,,1569529600",
    "001e8d5d,10270000,001d8d5d,,1569529344",
    "001e8d5d,10270000,001d8d5d,28230000,10000",
    "001e8d5d,,001f8d5d,28230000,1569529600",
    "001e8d5d,,,28230000,",
    ",10270000,001e8d5d,,",
  })
  void theLockTimeIsWhatAllInputsWant(
      String time, String height, String otherTime, String otherHeight, Long expected)
      throws Exception {
    RawPsbt raw = inputs(2);
    raw.global.put("03", "07000000");
    lock(raw.inputs.get(0), time, height);
    lock(raw.inputs.get(1), otherTime, otherHeight);
    Optional<Transaction> unsigned = raw.read().unsigned();
    assertThat(unsigned.map(transaction -> Integer.toUnsignedLong(transaction.lockTime())))
        .isEqualTo(Optional.ofNullable(expected));
  }

  /** What version 0 cannot say is settled, and nothing else changes. */
  @Test
  void oneVersionIsMadeOfTheOther() throws Exception {
    RawPsbt raw = inputs(2);
    raw.global.put("03", "07000000");
    raw.global.put("06", "03");
    lock(raw.inputs.get(0), "001e8d5d", "10270000");
    lock(raw.inputs.get(1), null, "28230000");
    Psbt latest = raw.read();
    Psbt former = latest.inVersion(0).orElseThrow();
    assertThat(former.version()).isZero();
    assertThat(former.hasModifiableFlags()).isFalse();
    assertThat(former.unsigned()).isEqualTo(latest.unsigned());
    assertThat(PsbtCodec.decode(PsbtCodec.encode(former))).isEqualTo(former);
    Psbt again = former.inVersion(2).orElseThrow();
    assertThat(again.unsigned()).isEqualTo(latest.unsigned());
    assertThat(PsbtCodec.decode(PsbtCodec.encode(again))).isEqualTo(again);
    assertThat(again.inVersion(0)).contains(former);
  }

  @Test
  void lockTimesThatExcludeEachOtherFitNoVersionBefore() throws Exception {
    RawPsbt raw = inputs(2);
    lock(raw.inputs.get(0), null, "10270000");
    lock(raw.inputs.get(1), "001e8d5d", null);
    assertThat(raw.read().inVersion(0)).isEmpty();
    assertThatThrownBy(() -> raw.read().inVersion(1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Psbt modifiable(String flags) throws Exception {
    RawPsbt raw = RawPsbt.version2();
    if (flags != null) {
      raw.global.put("06", flags);
    }
    return raw.read();
  }

  /** One who has signed has cleared what must not change any more (BIP-0370). */
  @ParameterizedTest
  @CsvSource({"03,03,3", "03,01,1", "02,01,0", "04,03,4", "07,02,6", "03,,0", ",03,0"})
  void whatOneSignedNobodyMayChange(String one, String other, int expected) throws Exception {
    Psbt combined = PsbtCombiner.combine(List.of(modifiable(one), modifiable(other))).orElseThrow();
    assertThat(combined.modifiable()).isEqualTo(OptionalInt.of(expected));
  }

  @Test
  void fieldsOfAllAreCombined() throws Exception {
    RawPsbt one = RawPsbt.version0();
    one.input().put("f0", "11");
    RawPsbt other = RawPsbt.version0();
    other.input().put("f0", "22").put("f1", "33");
    other.output().put("00", "51");
    RawPsbt third = RawPsbt.version0();
    third.global.put("fc0101" + "01", "44");
    RawPsbt both = RawPsbt.version0();
    both.global.put("fc0101" + "01", "44");
    both.input().put("f0", "11").put("f1", "33");
    both.output().put("00", "51");
    assertThat(PsbtCombiner.combine(List.of(one.read(), other.read(), third.read())))
        .contains(both.read());
  }

  @Test
  void anotherTransactionOrVersionIsNotCombined() throws Exception {
    RawPsbt other = RawPsbt.version2();
    other.output().put("03", "e903000000000000");
    Psbt psbt = RawPsbt.version2().read();
    assertThat(PsbtCombiner.combine(List.of(psbt, other.read()))).isEmpty();
    assertThat(PsbtCombiner.combine(List.of(psbt, RawPsbt.version0().read()))).isEmpty();
  }

  /** In version 2 an updater may still change sequence numbers. */
  @Test
  void anotherSequenceIsStillTheSameTransaction() throws Exception {
    RawPsbt other = RawPsbt.version2();
    other.input().put("10", "00000000");
    Psbt psbt = RawPsbt.version2().read();
    assertThat(PsbtCombiner.combine(List.of(psbt, other.read()))).contains(psbt);
  }

  private static Transaction spending(int index, int version, int lockTime) {
    return new Transaction(
        version,
        List.of(new TxIn(outPoint(index), Script.EMPTY, -3)),
        List.of(new TxOut(1000L + index, Script.of(RawPsbt.bytes(P2WPKH).toByteArray()))),
        lockTime);
  }

  private static OutPoint outPoint(int index) {
    return new OutPoint(Txid.of(RawPsbt.bytes("aa".repeat(32)).toByteArray()), index);
  }

  @Test
  void allInputsAndOutputsAreJoined() throws Exception {
    List<Psbt> parts =
        List.of(
            Psbt.of(spending(1, 1, 50), 0),
            Psbt.of(spending(2, 3, 40), 0),
            Psbt.of(spending(3, 2, 60), 0));
    Psbt joined = PsbtJoiner.join(parts, new Random(1));
    assertThat(joined.inputs())
        .extracting(PsbtInput::outPoint)
        .containsExactlyInAnyOrder(outPoint(1), outPoint(2), outPoint(3));
    assertThat(joined.outputs())
        .extracting(output -> output.output().valueSat())
        .containsExactlyInAnyOrder(1001L, 1002L, 1003L);
    assertThat(joined.txVersion()).isEqualTo(3);
    assertThat(joined.fallbackLockTime()).isEqualTo(OptionalInt.of(40));
  }

  @Test
  void nothingIsSpentTwiceByAJoinedTransaction() {
    List<Psbt> parts = List.of(Psbt.of(spending(1, 2, 0), 0), Psbt.of(spending(1, 2, 5), 0));
    assertThatThrownBy(() -> PsbtJoiner.join(parts, new Random(1)))
        .isInstanceOf(PsbtException.class)
        .hasMessage("Input " + "aa".repeat(32) + ":1 exists in multiple PSBTs");
  }

  private static PsbtUpdater.Sources coin(String script) {
    return new PsbtUpdater.Sources(
        id -> Optional.empty(),
        spent -> Optional.of(new TxOut(5000, Script.of(RawPsbt.bytes(script).toByteArray()))));
  }

  @ParameterizedTest
  @CsvSource({
    P2WPKH + ",true",
    "51,false",
    "a914" + "1111111111111111111111111111111111111111" + "87,false"
  })
  void anOutputAloneIsEnoughWhereTheAmountIsSigned(String script, boolean enough) throws Exception {
    Psbt updated =
        PsbtUpdater.withUtxos(RawPsbt.version2().read(), coin(script), new SigningKeys());
    assertThat(updated.inputs().get(0).witnessUtxo().isPresent()).isEqualTo(enough);
  }

  @Test
  void wholeTransactionsAreLeftOutWhereAllAmountsAreSigned() throws Exception {
    RawPsbt raw = RawPsbt.version2();
    String previous =
        "02000000"
            + "01"
            + "bb".repeat(32)
            + "00000000"
            + "00"
            + "ffffffff"
            + "02"
            + "e803000000000000"
            + "0151"
            + "e803000000000000"
            + "22"
            + P2TR
            + "00000000";
    Txid id = Transaction.decode(RawPsbt.bytes(previous).toByteArray()).txid();
    raw.input()
        .put("00", previous)
        .put("01", "e803000000000000" + "22" + P2TR)
        .put("0e", Hex.encode(id.toByteArray()));
    assertThat(PsbtUpdater.withoutNeedlessTransactions(raw.read()).inputs().get(0).nonWitnessUtxo())
        .isEmpty();
    raw.input().put("03", "81000000");
    assertThat(PsbtUpdater.withoutNeedlessTransactions(raw.read()).inputs().get(0).nonWitnessUtxo())
        .isPresent();
  }

  @Test
  void whatIsMissingIsSaid() throws Exception {
    RawPsbt raw = RawPsbt.version2();
    assertThat(PsbtAnalyzer.analyze(raw.read()).next()).isEqualTo(Role.UPDATER);
    raw.input().put("01", "d007000000000000" + "16" + P2WPKH);
    PsbtAnalyzer.Analysis analysis = PsbtAnalyzer.analyze(raw.read());
    assertThat(analysis.next()).isEqualTo(Role.UPDATER);
    assertThat(analysis.feeSat()).isEqualTo(OptionalLong.of(1000));
    assertThat(analysis.inputs().get(0).missing().missingKeys())
        .extracting(Object::toString)
        .containsExactly("11".repeat(20));
  }

  @Test
  void whatCanNeverBeValidIsSaid() throws Exception {
    RawPsbt unspendable = RawPsbt.version2();
    unspendable.input().put("01", "d007000000000000" + "016a");
    assertThat(PsbtAnalyzer.analyze(unspendable.read()).error())
        .contains("PSBT is not valid. Input 0 spends unspendable output");
    RawPsbt rich = RawPsbt.version2();
    rich.input().put("01", "0140075af0750700" + "0151");
    assertThat(PsbtAnalyzer.analyze(rich.read()).error())
        .contains("PSBT is not valid. Input 0 has invalid value");
    RawPsbt generous = RawPsbt.version2();
    generous.input().put("01", "d007000000000000" + "0151");
    generous.output().put("03", "0140075af0750700");
    assertThat(PsbtAnalyzer.analyze(generous.read()).error())
        .contains("PSBT is not valid. Output amount invalid");
  }
}
