package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.testing.ScriptText;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.Test;

/** The rules of BIP-0342, each at its edge, in spends of an output with a tree of one leaf. */
class TapscriptTest {
  private static final TestKey KEY = TestKey.number(7);
  private static final byte[] AUXILIARY = new byte[32];
  private static final byte[] ONE = {1};
  private static final byte[] EMPTY = {};

  private static ScriptFlags with(ScriptFlag flag) {
    return ScriptFlags.MANDATORY.with(flag);
  }

  /** An output that commits to one leaf, and spends of it. */
  private record Leaf(int version, Script script) {
    static Leaf of(String text) {
      return new Leaf(Taproot.LEAF_TAPSCRIPT, ScriptText.parse(text));
    }

    byte[] hash() {
      return Taproot.leafHash(version, script);
    }

    private byte[] outputKey() {
      return Taproot.outputKey(KEY.xOnly(), hash());
    }

    TxOut output() {
      return new TxOut(1_000, ScriptPattern.p2tr(TapTree.xOnly(outputKey())));
    }

    private byte[] control() {
      return new ByteWriter()
          .uint8(version | (outputKey()[0] & 1))
          .bytes(KEY.xOnly())
          .toByteArray();
    }

    PrecomputedTransaction spend(List<byte[]> arguments, byte[]... behind) {
      List<byte[]> items = new ArrayList<>(arguments);
      items.add(script.toByteArray());
      items.add(control());
      items.addAll(List.of(behind));
      TxIn input =
          new TxIn(new OutPoint(Txid.ZERO, 0), Script.EMPTY, Sequence.FINAL, Witness.of(items));
      Transaction transaction =
          new Transaction(2, List.of(input), List.of(new TxOut(900, Script.EMPTY)), 0);
      return PrecomputedTransaction.of(transaction, List.of(output()));
    }

    ScriptError verdict(ScriptFlags flags, byte[]... arguments) {
      return ScriptVerifier.verify(spend(List.of(arguments)), 0, flags);
    }

    ScriptError verdict(byte[]... arguments) {
      return verdict(ScriptFlags.MANDATORY, arguments);
    }

    /** A signature of {@link #KEY} by BIP-0342 with the default type. */
    byte[] sign(int codeSeparatorPosition) {
      byte[] hash =
          SigHash.tapscript(spend(List.of()), 0, SigHashType.DEFAULT, hash(), codeSeparatorPosition)
              .orElseThrow();
      return Secp256k1.signSchnorr(hash, KEY.privateKey(), AUXILIARY);
    }
  }

  private static String key() {
    return "0x20 0x" + Hex.encode(KEY.xOnly());
  }

  /** As BIP-0342 lists them. */
  private static Set<Integer> opSuccess() {
    Set<Integer> codes = new HashSet<>(List.of(80, 98, 137, 138, 141, 142));
    int[][] ranges = {{126, 129}, {131, 134}, {149, 153}, {187, 254}};
    for (int[] range : ranges) {
      IntStream.rangeClosed(range[0], range[1]).forEach(codes::add);
    }
    return codes;
  }

  @Test
  void successOpcodesAreThoseOfTheList() {
    for (int code = 0; code <= 0xff; code++) {
      assertThat(Opcode.isSuccess(code))
          .as("opcode %d", code)
          .isEqualTo(opSuccess().contains(code));
    }
  }

  @Test
  void aSuccessOpcodeEndsAllChecks() {
    for (int code : opSuccess()) {
      Script script = new ScriptBuilder().op(Opcode.OP_RETURN).op(code).op(0x4c).build();
      Leaf leaf = new Leaf(Taproot.LEAF_TAPSCRIPT, script);
      assertThat(leaf.verdict()).as("opcode %d", code).isEqualTo(ScriptError.OK);
      assertThat(leaf.verdict(with(ScriptFlag.DISCOURAGE_OP_SUCCESS)))
          .isEqualTo(ScriptError.DISCOURAGE_OP_SUCCESS);
    }
  }

  @Test
  void aPushCutOffBeforeAnySuccessOpcodeFails() {
    assertThat(Leaf.of("1 0x4c").verdict()).isEqualTo(ScriptError.BAD_OPCODE);
    assertThat(Leaf.of("1 0x02 0x50").verdict()).isEqualTo(ScriptError.BAD_OPCODE);
    // Before anything runs.
    assertThat(Leaf.of("RETURN 0x4c").verdict()).isEqualTo(ScriptError.BAD_OPCODE);
  }

  @Test
  void conditionsAreOneOrEmpty() {
    Leaf leaf = Leaf.of("IF 1 ELSE 1 ENDIF");
    assertThat(leaf.verdict(ONE)).isEqualTo(ScriptError.OK);
    assertThat(leaf.verdict(EMPTY)).isEqualTo(ScriptError.OK);
    byte[][] wrong = {{2}, {0}, {1, 0}, {(byte) 0x81}};
    for (byte[] argument : wrong) {
      assertThat(leaf.verdict(argument)).isEqualTo(ScriptError.TAPSCRIPT_MINIMALIF);
    }
    assertThat(Leaf.of("NOTIF 1 ELSE 1 ENDIF").verdict(new byte[] {2}))
        .isEqualTo(ScriptError.TAPSCRIPT_MINIMALIF);
  }

  @Test
  void multisigIsGone() {
    for (String name : List.of("CHECKMULTISIG", "CHECKMULTISIGVERIFY")) {
      assertThat(Leaf.of("0 0 0 " + name + " 1").verdict())
          .isEqualTo(ScriptError.TAPSCRIPT_CHECKMULTISIG);
    }
  }

  @Test
  void neitherSizeNorOperationsAreLimited() {
    assertThat(Leaf.of("1 " + "NOP ".repeat(20_000)).verdict()).isEqualTo(ScriptError.OK);
  }

  @Test
  void theFirstStackHasAThousandItemsOf520Bytes() {
    Leaf leaf = Leaf.of("2DROP ".repeat(499) + "DROP");
    byte[][] arguments = new byte[1_000][];
    Arrays.fill(arguments, ONE);
    assertThat(leaf.verdict(arguments)).isEqualTo(ScriptError.OK);
    byte[][] more = new byte[1_001][];
    Arrays.fill(more, ONE);
    assertThat(Leaf.of("2DROP ".repeat(500)).verdict(more)).isEqualTo(ScriptError.STACK_SIZE);
    assertThat(Leaf.of("").verdict(filled(520))).isEqualTo(ScriptError.OK);
    assertThat(Leaf.of("").verdict(filled(521))).isEqualTo(ScriptError.PUSH_SIZE);
  }

  private static byte[] filled(int size) {
    byte[] item = new byte[size];
    Arrays.fill(item, (byte) 1);
    return item;
  }

  @Test
  void keysOfOtherSizesAreForLater() {
    assertThat(Leaf.of("1 0 CHECKSIG").verdict()).isEqualTo(ScriptError.TAPSCRIPT_EMPTY_PUBKEY);
    assertThat(Leaf.of("0 0 CHECKSIG").verdict()).isEqualTo(ScriptError.TAPSCRIPT_EMPTY_PUBKEY);
    Leaf unknown = Leaf.of("0x21 0x02" + Hex.encode(KEY.xOnly()) + " CHECKSIG");
    assertThat(unknown.verdict(ONE)).isEqualTo(ScriptError.OK);
    assertThat(unknown.verdict(EMPTY)).isEqualTo(ScriptError.EVAL_FALSE);
    assertThat(unknown.verdict(with(ScriptFlag.DISCOURAGE_UPGRADABLE_PUBKEYTYPE), ONE))
        .isEqualTo(ScriptError.DISCOURAGE_UPGRADABLE_PUBKEYTYPE);
  }

  @Test
  void signaturesAreValidOrEmpty() {
    Leaf leaf = Leaf.of(key() + " CHECKSIG");
    assertThat(leaf.verdict(leaf.sign(-1))).isEqualTo(ScriptError.OK);
    assertThat(leaf.verdict(EMPTY)).isEqualTo(ScriptError.EVAL_FALSE);
    assertThat(leaf.verdict(filled(64))).isEqualTo(ScriptError.SCHNORR_SIG);
    assertThat(leaf.verdict(filled(63))).isEqualTo(ScriptError.SCHNORR_SIG_SIZE);
    byte[] typed = Arrays.copyOf(leaf.sign(-1), 65);
    assertThat(leaf.verdict(typed)).isEqualTo(ScriptError.SCHNORR_SIG_HASHTYPE);
    typed[64] = 4;
    assertThat(leaf.verdict(typed)).isEqualTo(ScriptError.SCHNORR_SIG_HASHTYPE);
  }

  @Test
  void checkSigAddCounts() {
    Leaf leaf = Leaf.of(key() + " CHECKSIGADD 8 EQUAL");
    byte[] seven = {7};
    assertThat(leaf.verdict(leaf.sign(-1), seven)).isEqualTo(ScriptError.OK);
    assertThat(leaf.verdict(EMPTY, new byte[] {8})).isEqualTo(ScriptError.OK);
    assertThat(leaf.verdict(filled(64), seven)).isEqualTo(ScriptError.SCHNORR_SIG);
    assertThat(leaf.verdict(EMPTY, filled(5))).isEqualTo(ScriptError.SCRIPTNUM);
    assertThat(leaf.verdict(seven)).isEqualTo(ScriptError.INVALID_STACK_OPERATION);
    assertThat(leaf.verdict(with(ScriptFlag.MINIMALDATA), EMPTY, new byte[] {8, 0}))
        .isEqualTo(ScriptError.SCRIPTNUM);
  }

  @Test
  void theLastCodeSeparatorIsSignedByItsIndex() {
    Leaf leaf = Leaf.of("0 IF CODESEPARATOR ENDIF CODESEPARATOR " + key() + " CHECKSIG");
    assertThat(leaf.verdict(leaf.sign(4))).isEqualTo(ScriptError.OK);
    for (int wrong : new int[] {-1, 2, 3, 5}) {
      assertThat(leaf.verdict(leaf.sign(wrong))).isEqualTo(ScriptError.SCHNORR_SIG);
    }
  }

  /** 50 for nothing, one for each byte of the witness, and 50 away for each signature. */
  @Test
  void signaturesHaveABudget() {
    // One signature of one byte, a key of one byte: checked, and good, as often as one likes.
    String check = " 2DUP CHECKSIGVERIFY";
    for (int checks = 1; checks < 5; checks++) {
      Leaf leaf = Leaf.of("1 1" + check.repeat(checks) + " 2DROP 1");
      int witness = leaf.spend(List.of()).transaction().inputs().get(0).witness().encodedSize();
      int missing = 50 * (checks - 1) - witness;
      assertThat(leaf.verdict())
          .as("%d checks, witness of %d", checks, witness)
          .isEqualTo(missing <= 0 ? ScriptError.OK : ScriptError.TAPSCRIPT_VALIDATION_WEIGHT);
      if (missing > 1) {
        Leaf padded = Leaf.of("1 1" + check.repeat(checks) + " 2DROP");
        // The argument takes a byte for its length, and the script is one shorter.
        assertThat(padded.verdict(filled(missing))).isEqualTo(ScriptError.OK);
        assertThat(padded.verdict(filled(missing - 1)))
            .isEqualTo(ScriptError.TAPSCRIPT_VALIDATION_WEIGHT);
      }
    }
  }

  @Test
  void theAnnexIsSignedAndOtherwiseIgnored() {
    Leaf leaf = Leaf.of(key() + " CHECKSIG");
    byte[] annex = {Taproot.ANNEX_TAG, 1, 2};
    byte[] annexHash = Sha256.hash(new ByteWriter().varBytes(annex).toByteArray());
    TaprootContext context = TaprootContext.scriptPath(annexHash, leaf.hash(), 0);
    byte[] hash = SigHash.taproot(leaf.spend(List.of()), 0, SigHashType.DEFAULT, context);
    byte[] signature = Secp256k1.signSchnorr(hash, KEY.privateKey(), AUXILIARY);
    assertThat(
            ScriptVerifier.verify(leaf.spend(List.of(signature), annex), 0, ScriptFlags.MANDATORY))
        .isEqualTo(ScriptError.OK);
    Transaction signed = leaf.spend(List.of(signature), annex).transaction();
    assertThat(KmpOracle.accepts(new Spend(signed, List.of(leaf.output()), ScriptFlags.MANDATORY)))
        .isTrue();
    assertThat(leaf.verdict(signature)).isEqualTo(ScriptError.SCHNORR_SIG);
    byte[] otherAnnex = {Taproot.ANNEX_TAG};
    assertThat(
            ScriptVerifier.verify(
                leaf.spend(List.of(signature), otherAnnex), 0, ScriptFlags.MANDATORY))
        .isEqualTo(ScriptError.SCHNORR_SIG);
  }

  @Test
  void otherLeafVersionsAreForLater() {
    Leaf leaf = new Leaf(0xc2, ScriptText.parse("RETURN 0x4c"));
    assertThat(leaf.verdict()).isEqualTo(ScriptError.OK);
    assertThat(leaf.verdict(with(ScriptFlag.DISCOURAGE_UPGRADABLE_TAPROOT_VERSION)))
        .isEqualTo(ScriptError.DISCOURAGE_UPGRADABLE_TAPROOT_VERSION);
    assertThat(Leaf.of("1").verdict(with(ScriptFlag.DISCOURAGE_UPGRADABLE_TAPROOT_VERSION)))
        .isEqualTo(ScriptError.OK);
  }
}
