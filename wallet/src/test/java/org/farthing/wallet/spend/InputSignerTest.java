package org.farthing.wallet.spend;

import static org.assertj.core.api.Assertions.assertThat;

import fr.acinq.bitcoin.Satoshi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptVerifier;
import org.farthing.consensus.script.SigHashType;
import org.farthing.testing.TestKey;
import org.farthing.wallet.TestNetworks;
import org.farthing.wallet.descriptor.KeyExpression;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.keys.PrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spends of descriptors' outputs, signed with their keys, before our verifier and bitcoin-kmp. */
class InputSignerTest {
  private static final List<Integer> TYPES =
      List.of(
          SigHashType.DEFAULT,
          SigHashType.ALL,
          SigHashType.NONE,
          SigHashType.SINGLE,
          SigHashType.ALL | SigHashType.ANYONE_CAN_PAY,
          SigHashType.NONE | SigHashType.ANYONE_CAN_PAY,
          SigHashType.SINGLE | SigHashType.ANYONE_CAN_PAY);

  /** A descriptor with private keys in the place of A, B, … and public ones of a, b, … */
  private static ScriptExpression descriptor(String pattern) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      boolean alone = isAlone(pattern, i - 1) && isAlone(pattern, i + 1);
      char c = pattern.charAt(i);
      if (alone && Character.isUpperCase(c)) {
        text.append(secret(c - 'A' + 1).toWif(TestNetworks.BITCOIN));
      } else if (alone && Character.isLowerCase(c)) {
        byte[] key = TestKey.number(c - 'a' + 1).publicKey();
        text.append(Hex.encode(key));
      } else {
        text.append(c);
      }
    }
    return ScriptExpression.parse(text.toString(), TestNetworks.BITCOIN);
  }

  private static boolean isAlone(String pattern, int index) {
    return index < 0 || index == pattern.length() || "(),{}".indexOf(pattern.charAt(index)) >= 0;
  }

  private static PrivateKey secret(int number) {
    return new PrivateKey(TestKey.number(number).privateKey(), true);
  }

  private static SigningKeys keys(ScriptExpression descriptor) {
    SigningKeys keys = scripts(descriptor);
    for (KeyExpression key : descriptor.keys()) {
      key.privateKey(0).ifPresent(keys::add);
    }
    return keys;
  }

  private static SigningKeys scripts(ScriptExpression descriptor) {
    SigningKeys keys = new SigningKeys();
    keys.addScriptsOf(descriptor, 0);
    return keys;
  }

  /** Two inputs of the descriptor's, two outputs. */
  private static PrecomputedTransaction spend(Script output) {
    Random random = new Random(output.hashCode());
    List<TxIn> inputs = new ArrayList<>();
    List<TxOut> spent = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      byte[] txid = new byte[Txid.SIZE];
      random.nextBytes(txid);
      inputs.add(new TxIn(new OutPoint(Txid.of(txid), i), Script.EMPTY, Sequence.MAX_REPLACEABLE));
      spent.add(new TxOut(100_000 + i, output));
    }
    List<TxOut> outputs =
        List.of(
            new TxOut(90_000, TestKey.number(77).p2wpkh()),
            new TxOut(100_000, TestKey.number(78).p2pkh()));
    return PrecomputedTransaction.of(new Transaction(2, inputs, outputs, 0), spent);
  }

  private static PrecomputedTransaction sign(
      PrecomputedTransaction unsigned, SigningKeys keys, int type) {
    Transaction transaction = unsigned.transaction();
    List<TxIn> inputs = new ArrayList<>();
    List<TxOut> spent = new ArrayList<>();
    for (int i = 0; i < transaction.inputs().size(); i++) {
      inputs.add(new InputSigner(unsigned, i, keys, type).sign());
      spent.add(unsigned.spent(i));
    }
    return PrecomputedTransaction.of(
        new Transaction(
            transaction.version(), inputs, transaction.outputs(), transaction.lockTime()),
        spent);
  }

  private static boolean isValid(PrecomputedTransaction signed) {
    boolean valid = true;
    for (int i = 0; i < signed.transaction().inputs().size(); i++) {
      valid &= ScriptVerifier.verify(signed, i, ScriptFlags.STANDARD) == ScriptError.OK;
    }
    assertThat(kmpAccepts(signed)).isEqualTo(valid);
    return valid;
  }

  private static boolean kmpAccepts(PrecomputedTransaction signed) {
    var transaction = fr.acinq.bitcoin.Transaction.read(signed.transaction().serialize());
    Map<fr.acinq.bitcoin.OutPoint, fr.acinq.bitcoin.TxOut> outputs = new HashMap<>();
    for (int i = 0; i < transaction.txIn.size(); i++) {
      TxOut output = signed.spent(i);
      outputs.put(
          transaction.txIn.get(i).outPoint,
          new fr.acinq.bitcoin.TxOut(
              new Satoshi(output.valueSat()), output.scriptPubKey().toByteArray()));
    }
    try {
      fr.acinq.bitcoin.Transaction.correctlySpends(
          transaction, outputs, fr.acinq.bitcoin.ScriptFlags.STANDARD_SCRIPT_VERIFY_FLAGS);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pk(A)",
        "pkh(A)",
        "wpkh(A)",
        "sh(wpkh(A))",
        "multi(1,a,B)",
        "multi(2,A,b,C)",
        "sh(multi(2,A,B,c))",
        "sh(pk(A))",
        "wsh(pk(A))",
        "wsh(pkh(A))",
        "wsh(multi(2,a,B,C))",
        "sh(wsh(sortedmulti(2,C,A,b)))",
        "tr(A)",
        "tr(B)",
        "tr(A,pk(b))",
        "tr(a,pk(B))",
        "tr(a,{pk(b),pk(C)})",
        "tr(a,{pk(b),{pk(c),multi_a(2,D,e,F)}})",
        "tr(a,sortedmulti_a(3,D,C,B))",
        "tr(a,{multi_a(1,B,c),{pk(d),pk(E)}})",
        "rawtr(A)"
      })
  void aDescriptorsKeysSpendItsOutputs(String pattern) throws Exception {
    ScriptExpression descriptor = descriptor(pattern);
    PrecomputedTransaction unsigned = spend(descriptor.scriptAt(0));
    for (int type : TYPES) {
      PrecomputedTransaction signed = sign(unsigned, keys(descriptor), type);
      assertThat(isValid(signed)).as("type %s", type).isTrue();
      // Who has no keys keeps what is there.
      assertThat(sign(signed, scripts(descriptor), type).transaction())
          .isEqualTo(signed.transaction());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pk(a)",
        "pkh(a)",
        "wpkh(a)",
        "sh(wpkh(a))",
        "wsh(multi(2,a,B,c))",
        "tr(a)",
        "tr(a,{pk(b),multi_a(2,c,D)})",
        "rawtr(a)"
      })
  void withoutEnoughKeysNothingIsSpent(String pattern) throws Exception {
    ScriptExpression descriptor = descriptor(pattern);
    PrecomputedTransaction unsigned = spend(descriptor.scriptAt(0));
    PrecomputedTransaction signed = sign(unsigned, keys(descriptor), SigHashType.DEFAULT);
    assertThat(isValid(signed)).isFalse();
    if (pattern.startsWith("tr") || pattern.startsWith("rawtr")) {
      assertThat(signed.transaction().inputs().get(0).witness()).isEqualTo(Witness.EMPTY);
    }
  }

  @Test
  void theKeyIsPreferredToALeaf() throws Exception {
    ScriptExpression descriptor = descriptor("tr(A,{pk(B),pk(C)})");
    PrecomputedTransaction signed =
        sign(spend(descriptor.scriptAt(0)), keys(descriptor), SigHashType.DEFAULT);
    assertThat(signed.transaction().inputs().get(0).witness().size()).isEqualTo(1);
  }

  @Test
  void theCheapestLeafIsTaken() throws Exception {
    ScriptExpression descriptor = descriptor("tr(a,{{pk(B),pk(c)},pk(D)})");
    PrecomputedTransaction signed =
        sign(spend(descriptor.scriptAt(0)), keys(descriptor), SigHashType.DEFAULT);
    Witness witness = signed.transaction().inputs().get(0).witness();
    assertThat(witness.size()).isEqualTo(3);
    assertThat(witness.item(2)).hasSize(33 + 32);
    assertThat(isValid(signed)).isTrue();
  }

  @Test
  void cosignersAddTheirSignaturesOneAfterTheOther() throws Exception {
    for (String function : List.of("multi(2,%s,%s)", "sh(multi(2,%s,%s))", "wsh(multi(2,%s,%s))")) {
      ScriptExpression first = descriptor(function.formatted("A", "b"));
      ScriptExpression second = descriptor(function.formatted("a", "B"));
      PrecomputedTransaction once =
          sign(spend(first.scriptAt(0)), keys(first), SigHashType.DEFAULT);
      assertThat(isValid(once)).isFalse();
      assertThat(isValid(sign(once, keys(second), SigHashType.DEFAULT))).isTrue();
    }
  }

  @Test
  void singleWithoutAnOutputIsNotSigned() throws Exception {
    ScriptExpression descriptor = descriptor("tr(A)");
    PrecomputedTransaction two = spend(descriptor.scriptAt(0));
    Transaction one =
        new Transaction(
            2, two.transaction().inputs(), two.transaction().outputs().subList(0, 1), 0);
    PrecomputedTransaction unsigned =
        PrecomputedTransaction.of(one, List.of(two.spent(0), two.spent(1)));
    Transaction signed = sign(unsigned, keys(descriptor), SigHashType.SINGLE).transaction();
    assertThat(signed.inputs().get(0).witness().size()).isEqualTo(1);
    assertThat(signed.inputs().get(1).witness()).isEqualTo(Witness.EMPTY);
  }
}
