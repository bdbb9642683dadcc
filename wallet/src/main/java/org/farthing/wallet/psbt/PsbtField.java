package org.farthing.wallet.psbt;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * A kind of field in one of the maps of a partially signed transaction. A field has a key, which is
 * the number of its kind and perhaps key data, and a value.
 */
interface PsbtField {
  /** The key type. */
  int number();

  /** Refuses keys that this kind cannot have, in Bitcoin Core's words. */
  FieldRule keyRule();

  /** The normal form of a value; empty where a field with this value says nothing. */
  FieldValue valueForm();

  /** The order of several fields of this kind. */
  default Comparator<Map.Entry<ByteString, ByteString>> order() {
    return Map.Entry.comparingByKey();
  }

  /** The key of the only field of this kind. */
  default ByteString key() {
    return ByteString.of(new byte[] {(byte) number()});
  }

  /** The key of a field with key data. */
  default ByteString key(ByteString data) {
    return key().then(data);
  }

  /** Whether a key is of this kind: all known kinds have numbers of one byte. */
  default boolean owns(ByteString key) {
    return key.byteAt(0) == number();
  }

  /** A check of a key or a value. */
  @FunctionalInterface
  interface FieldRule {
    void check(ByteString bytes) throws DecodeException;
  }

  /** Reads a value and writes it in the one way in which we write it. */
  @FunctionalInterface
  interface FieldValue {
    Optional<ByteString> normal(ByteString value) throws DecodeException;
  }

  /** A key without key data. */
  static FieldRule alone(String name) {
    return size(name, 1);
  }

  /** A key of this many bytes, the number of its kind among them. */
  static FieldRule size(String name, int size) {
    return key -> {
      if (key.size() != size) {
        throw new DecodeException("Size of key was not %d for the type %s".formatted(size, name));
      }
    };
  }

  /** The bytes of what a writer was given. */
  static ByteString written(ByteWriter out) {
    return ByteString.of(out.toByteArray());
  }
}
