package org.farthing.wallet.psbt;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;

/** What is said of the transaction as a whole, in the order in which it is written. */
@SuppressWarnings("ImmutableEnumChecker") // References to methods are as immutable.
enum GlobalField implements PsbtField {
  UNSIGNED_TX(0x00, PsbtField.alone("Global Unsigned TX"), FieldValues::unsigned),
  XPUB(0x01, GlobalXpub::checkKey, FieldValues::keyOrigin) {
    @Override
    public Comparator<Map.Entry<ByteString, ByteString>> order() {
      return Comparator.comparing(GlobalXpub::of, GlobalXpub.ORDER);
    }
  },
  TX_VERSION(0x02, PsbtField.alone("Global Transaction Version"), FieldValues.fixed(4)),
  FALLBACK_LOCKTIME(0x03, PsbtField.alone("Global Fallback Locktime"), FieldValues.fixed(4)),
  INPUT_COUNT(0x04, PsbtField.alone("Global Input Count"), FieldValues::count),
  OUTPUT_COUNT(0x05, PsbtField.alone("Global Output Count"), FieldValues::count),
  TX_MODIFIABLE(0x06, PsbtField.alone("Global TX Modifiable Flags"), FieldValues.fixed(1)),
  VERSION(0xfb, PsbtField.alone("Global PSBT Version"), GlobalField::version),
  PROPRIETARY(0xfc, FieldValues::proprietary, FieldValues::any);

  private final int number;
  private final FieldRule keyRule;
  private final FieldValue valueForm;

  GlobalField(int number, FieldRule keyRule, FieldValue valueForm) {
    this.number = number;
    this.keyRule = keyRule;
    this.valueForm = valueForm;
  }

  private static Optional<ByteString> version(ByteString value) throws DecodeException {
    if (FieldValues.whole(value, ByteReader::uint32) > Psbt.HIGHEST_VERSION) {
      throw new DecodeException("Unsupported version number");
    }
    return Optional.of(value);
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
