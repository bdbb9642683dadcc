package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.testing.ScriptText;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * An example of each difference between bitcoin-kmp and us that {@link ScriptDifferentialTest} has
 * found, with the verdict that the rule wants. Where bitcoin-kmp comes round, the example says so.
 */
class KnownDifferenceTest {
  private static final Script EMPTY = Script.EMPTY;
  private static final String PUBLIC_KEY =
      "0x21 0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798 ";
  private static final String HYBRID_KEY =
      "0x41 0x0679be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
          + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8 ";

  /** Strict DER with an r of 2^256: nothing that a curve of 256 bits can hold. */
  private static final String LARGE_R = "0x29 0x3026022101" + "00".repeat(32) + "020101" + "01 ";

  private static final Map<KnownDifference, List<Example>> EXAMPLES = examples();

  private record Example(ScriptError verdict, Spend spend) {}

  private static Map<KnownDifference, List<Example>> examples() {
    Map<KnownDifference, List<Example>> examples = new EnumMap<>(KnownDifference.class);
    Script anchor = ScriptPattern.witnessProgram(1, new byte[] {0x4e, 0x73});
    examples.put(
        KnownDifference.MALLEATED_P2SH,
        List.of(
            new Example(
                ScriptError.WITNESS_MALLEATED_P2SH,
                spend(
                    new ScriptBuilder().number(1).push(anchor).build(),
                    p2sh(anchor),
                    ScriptFlags.MANDATORY))));
    examples.put(
        KnownDifference.ANCHOR_WITNESS,
        List.of(
            new Example(
                ScriptError.OK, spend(EMPTY, anchor, ScriptFlags.STANDARD, new byte[] {1}))));
    examples.put(
        KnownDifference.NESTED_ANCHOR,
        List.of(
            new Example(
                ScriptError.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM,
                spend(
                    new ScriptBuilder().push(anchor).build(),
                    p2sh(anchor),
                    ScriptFlags.STANDARD))));
    examples.put(KnownDifference.RESERVED_LOCK_TIMES, reservedLockTimes());
    examples.put(KnownDifference.EMPTY_SIGNATURE, emptySignatures());
    examples.put(KnownDifference.UNREADABLE_SIGNATURE, unreadableSignatures());
    examples.put(KnownDifference.OVERFLOWING_LENGTH, overflowingLengths());
    return examples;
  }

  private static List<Example> reservedLockTimes() {
    ScriptFlags flags = ScriptFlags.of(ScriptFlag.DISCOURAGE_UPGRADABLE_NOPS);
    List<Example> examples = new ArrayList<>();
    for (String name : List.of("CHECKLOCKTIMEVERIFY", "CHECKSEQUENCEVERIFY")) {
      examples.add(new Example(ScriptError.OK, spend("1 " + name, flags)));
    }
    return examples;
  }

  private static List<Example> emptySignatures() {
    return List.of(
        new Example(
            ScriptError.PUBKEYTYPE,
            spend("0 " + HYBRID_KEY + "CHECKSIG NOT", ScriptFlags.of(ScriptFlag.STRICTENC))),
        new Example(
            ScriptError.SIG_FINDANDDELETE,
            spend("0 " + PUBLIC_KEY + "CHECKSIG NOT", ScriptFlags.of(ScriptFlag.CONST_SCRIPTCODE))),
        new Example(
            ScriptError.WITNESS_PUBKEYTYPE,
            spendWitness(
                "0 " + HYBRID_KEY + "CHECKSIG NOT",
                ScriptFlags.MANDATORY.with(ScriptFlag.WITNESS_PUBKEYTYPE))));
  }

  private static List<Example> unreadableSignatures() {
    return List.of(
        new Example(
            ScriptError.OK, spend(LARGE_R + PUBLIC_KEY + "CHECKSIG NOT", ScriptFlags.MANDATORY)));
  }

  /** A length of 2^40 + 32, found among a million spends. */
  private static List<Example> overflowingLengths() {
    String tx =
        "02000000012e20d625805c39beba2e95d65b8c59a639c1dc79e60498f7108bdb439b740d5a03000000714c4d30"
            + "4a02203a73965f4a81ae15ca67ed8b1b5736f428a807271d30dc410ebdb4b86d63eef3028601000000"
            + "00207c5672414b7a66c571b24e324005049701c25b919c0a4d1cb6d1d53df07505bc012102c9b02916"
            + "4fb0855b344773bf23804a1a50d309db606e69a313b54c618fba4aabfeffffff029700000000000000"
            + "160014e3e82254b0c079745d1b35c6760d0222980eab978d000000000000001600143db68ccc23bcef"
            + "2ebcf0ee6a03e16568dfa0939cffffffff";
    TxOut spent =
        new TxOut(
            655, ScriptPattern.p2pkh(Hex.constant("42745b077707436ff28e635b870ddc9d4ec28a92")));
    return List.of(
        new Example(
            ScriptError.SIG_NULLFAIL,
            new Spend(decode(tx), List.of(spent), ScriptFlags.of(ScriptFlag.NULLFAIL))));
  }

  private static Transaction decode(String hex) {
    try {
      return Transaction.decode(Hex.constant(hex));
    } catch (DecodeException e) {
      throw new AssertionError(e);
    }
  }

  private static Spend spend(String scriptPubKey, ScriptFlags flags) {
    return spend(EMPTY, ScriptText.parse(scriptPubKey), flags);
  }

  private static Spend spendWitness(String witnessScript, ScriptFlags flags) {
    Script script = ScriptText.parse(witnessScript);
    return spend(EMPTY, ScriptPattern.p2wsh(script), flags, script.toByteArray());
  }

  private static Spend spend(
      Script scriptSig, Script scriptPubKey, ScriptFlags flags, byte[]... witness) {
    OutPoint outPoint = new OutPoint(Txid.of(Sha256.hash(new byte[0])), 0);
    TxIn input = new TxIn(outPoint, scriptSig, 0, Witness.of(witness));
    Transaction tx = new Transaction(2, List.of(input), List.of(new TxOut(0, EMPTY)), 0);
    return new Spend(tx, List.of(new TxOut(1, scriptPubKey)), flags);
  }

  private static Script p2sh(Script script) {
    return ScriptPattern.p2sh(Hash160.hash(script.toByteArray()));
  }

  @Test
  void eachHasAnExample() {
    assertThat(EXAMPLES.keySet()).containsExactly(KnownDifference.values());
  }

  @TestFactory
  Stream<DynamicTest> theRuleDecides() {
    return EXAMPLES.entrySet().stream()
        .flatMap(entry -> entry.getValue().stream().map(example -> test(entry.getKey(), example)));
  }

  private static DynamicTest test(KnownDifference difference, Example example) {
    return DynamicTest.dynamicTest(
        difference + " " + example.verdict(),
        () -> {
          assertThat(example.spend().verdict()).isEqualTo(example.verdict());
          assertThat(KmpOracle.accepts(example.spend()))
              .as("verdict of bitcoin-kmp")
              .isEqualTo(example.verdict() != ScriptError.OK);
          assertThat(KnownDifference.of(example.spend())).contains(difference);
        });
  }
}
