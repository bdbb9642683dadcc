package org.farthing.wallet.psbt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.wallet.spend.LeafScript;
import org.farthing.wallet.spend.TaprootTree;

/** What is said of an output, in the order in which it is written. */
@SuppressWarnings("ImmutableEnumChecker") // References to methods are as immutable.
enum OutputField implements PsbtField {
  REDEEM_SCRIPT(0x00, PsbtField.alone("Output redeemScript"), FieldValues::script),
  WITNESS_SCRIPT(0x01, PsbtField.alone("Output witnessScript"), FieldValues::script),
  BIP32_DERIVATION(
      0x02,
      FieldValues.publicKey("Size of key was not the expected size for the type BIP32 keypath"),
      FieldValues::keyOrigin),
  AMOUNT(0x03, PsbtField.alone("Output Amount"), FieldValues.fixed(8)),
  SCRIPT(0x04, PsbtField.alone("Output Script"), FieldValues::any),
  PROPRIETARY(0xfc, FieldValues::proprietary, FieldValues::any),
  TAP_INTERNAL_KEY(0x05, PsbtField.alone("Output Taproot Internal Key"), FieldValues::nonZero),
  TAP_TREE(0x06, PsbtField.alone("Output Taproot Tree Key"), OutputField::tree),
  TAP_BIP32_DERIVATION(
      0x07,
      PsbtField.size("Output Taproot BIP32 Keypath", 33),
      FieldValues.taprootOrigin("Output")),
  MUSIG2_PARTICIPANTS(0x08, FieldValues.aggregateKey("Output"), FieldValues.participants("Output"));

  private final int number;
  private final FieldRule keyRule;
  private final FieldValue valueForm;

  OutputField(int number, FieldRule keyRule, FieldValue valueForm) {
    this.number = number;
    this.keyRule = keyRule;
    this.valueForm = valueForm;
  }

  private static Optional<ByteString> tree(ByteString value) throws DecodeException {
    readTree(value);
    return Optional.of(value);
  }

  static TaprootTree readTree(ByteString value) throws DecodeException {
    if (value.isEmpty()) {
      throw new DecodeException("Output Taproot tree must not be empty");
    }
    ByteReader in = value.reader();
    List<TaprootTree.Leaf> leaves = new ArrayList<>();
    while (in.remaining() > 0) {
      int depth = in.uint8();
      int version = in.uint8();
      ByteString script = ByteString.of(in.varBytes());
      if (depth > TaprootTree.MAX_DEPTH) {
        throw new DecodeException(
            "Output Taproot tree has as leaf greater than Taproot maximum depth");
      }
      if ((version & 1) != 0) {
        throw new DecodeException("Output Taproot tree has a leaf with an invalid leaf version");
      }
      leaves.add(new TaprootTree.Leaf(depth, new LeafScript(script, version)));
    }
    try {
      return new TaprootTree(leaves);
    } catch (IllegalArgumentException e) {
      throw new DecodeException("Output Taproot tree is malformed");
    }
  }

  static ByteString write(TaprootTree tree) {
    ByteWriter out = new ByteWriter();
    for (TaprootTree.Leaf leaf : tree.leaves()) {
      out.uint8(leaf.depth()).uint8(leaf.script().version());
      out.varBytes(leaf.script().script().toByteArray());
    }
    return PsbtField.written(out);
  }

  /** Whether the field belongs to version 2 alone, where it takes the place of the transaction. */
  boolean isOfVersion2() {
    return this == AMOUNT || this == SCRIPT;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public FieldRule keyRule() {
    return keyRule;
  }

  @Override
  public FieldValue valueForm() {
    return valueForm;
  }
}
