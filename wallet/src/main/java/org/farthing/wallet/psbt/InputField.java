package org.farthing.wallet.psbt;

import java.util.Comparator;
import java.util.Map;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Hash160;

/** What is said of an input, in the order in which it is written. */
@SuppressWarnings("ImmutableEnumChecker") // References to methods are as immutable.
enum InputField implements PsbtField {
  NON_WITNESS_UTXO(0x00, PsbtField.alone("Input Non-witness UTXO"), FieldValues::transaction),
  WITNESS_UTXO(0x01, PsbtField.alone("Input Witness UTXO"), FieldValues::output),
  PARTIAL_SIG(
      0x02,
      FieldValues.publicKey(
          "Size of key was not the expected size for the type partial signature pubkey"),
      SignatureFields::partial) {
    /** By the hash of the key. */
    @Override
    public Comparator<Map.Entry<ByteString, ByteString>> order() {
      return Comparator.comparing(
          field -> ByteString.of(Hash160.hash(field.getKey().slice(1).toByteArray())));
    }
  },
  SIGHASH_TYPE(0x03, PsbtField.alone("Input Sighash Type"), FieldValues.fixed(4)),
  REDEEM_SCRIPT(0x04, PsbtField.alone("Input redeemScript"), FieldValues::script),
  WITNESS_SCRIPT(0x05, PsbtField.alone("Input witnessScript"), FieldValues::script),
  BIP32_DERIVATION(
      0x06,
      FieldValues.publicKey("Size of key was not the expected size for the type BIP32 keypath"),
      FieldValues::keyOrigin),
  RIPEMD160(0x0a, PsbtField.size("Input RIPEMD160 Preimage", 21), FieldValues::any),
  SHA256(0x0b, PsbtField.size("Input SHA256 Preimage", 33), FieldValues::any),
  HASH160(0x0c, PsbtField.size("Input Hash160 Preimage", 21), FieldValues::any),
  HASH256(0x0d, PsbtField.size("Input Hash256 Preimage", 33), FieldValues::any),
  TAP_KEY_SIG(
      0x13,
      PsbtField.alone("Input Taproot Key Path Signature"),
      SignatureFields.taproot("key path")),
  TAP_SCRIPT_SIG(
      0x14,
      PsbtField.size("Input Taproot Script Path Signature", 65),
      SignatureFields.taproot("script path")),
  TAP_LEAF_SCRIPT(0x15, LeafFields::checkKey, LeafFields::value) {
    @Override
    public Comparator<Map.Entry<ByteString, ByteString>> order() {
      return LeafFields.ORDER;
    }
  },
  TAP_BIP32_DERIVATION(
      0x16, PsbtField.size("Input Taproot BIP32 Keypath", 33), FieldValues.taprootOrigin("Input")),
  TAP_INTERNAL_KEY(0x17, PsbtField.alone("Input Taproot Internal Key"), FieldValues::nonZero),
  TAP_MERKLE_ROOT(0x18, PsbtField.alone("Input Taproot Merkle Root"), FieldValues::nonZero),
  MUSIG2_PARTICIPANTS(0x1a, FieldValues.aggregateKey("Input"), FieldValues.participants("Input")),
  MUSIG2_PUB_NONCE(0x1b, MusigFields.key("pubnonce"), MusigFields::nonce) {
    @Override
    public Comparator<Map.Entry<ByteString, ByteString>> order() {
      return MusigFields.ORDER;
    }
  },
  MUSIG2_PARTIAL_SIG(0x1c, MusigFields.key("partial sig"), FieldValues.fixed(32)) {
    @Override
    public Comparator<Map.Entry<ByteString, ByteString>> order() {
      return MusigFields.ORDER;
    }
  },
  SCRIPT_SIG(0x07, PsbtField.alone("Input Final scriptSig"), FieldValues::script),
  SCRIPT_WITNESS(0x08, PsbtField.alone("Input Final scriptWitness"), FieldValues::witness),
  PREVIOUS_TXID(0x0e, PsbtField.alone("Input Previous TXID"), FieldValues.fixed(32)),
  OUTPUT_INDEX(0x0f, PsbtField.alone("Input Previous Output's Index"), FieldValues.fixed(4)),
  SEQUENCE(0x10, PsbtField.alone("Input Sequence"), FieldValues.fixed(4)),
  TIME_LOCKTIME(0x11, PsbtField.alone("Input Required Time Based Locktime"), LockTimeFields::time),
  HEIGHT_LOCKTIME(
      0x12, PsbtField.alone("Input Required Height Based Locktime"), LockTimeFields::height),
  PROPRIETARY(0xfc, FieldValues::proprietary, FieldValues::any);

  private final int number;
  private final FieldRule keyRule;
  private final FieldValue valueForm;

  InputField(int number, FieldRule keyRule, FieldValue valueForm) {
    this.number = number;
    this.keyRule = keyRule;
    this.valueForm = valueForm;
  }

  /** Whether the field is of no use any more when the input is final (BIP-0174). */
  boolean endsWithSigning() {
    return compareTo(PARTIAL_SIG) >= 0 && compareTo(SCRIPT_SIG) < 0;
  }

  /** Whether the field belongs to version 2 alone, where it takes the place of the transaction. */
  boolean isOfVersion2() {
    return compareTo(PREVIOUS_TXID) >= 0 && compareTo(HEIGHT_LOCKTIME) <= 0;
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
