package org.farthing.consensus.primitives;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * An input of a transaction.
 *
 * @param sequence 32 bits; see {@link Sequence}
 * @param witness travels apart from the rest of the input, at the end of the transaction
 */
public record TxIn(OutPoint outPoint, Script scriptSig, int sequence, Witness witness) {
  /** The least bytes that an input takes on the wire. */
  static final int MIN_SIZE = OutPoint.SIZE + 1 + 4;

  /** An input without witness. */
  public TxIn(OutPoint outPoint, Script scriptSig, int sequence) {
    this(outPoint, scriptSig, sequence, Witness.EMPTY);
  }

  public TxIn withScriptSig(Script replacement) {
    return new TxIn(outPoint, replacement, sequence, witness);
  }

  public TxIn withWitness(Witness replacement) {
    return new TxIn(outPoint, scriptSig, sequence, replacement);
  }

  static TxIn read(ByteReader in) throws DecodeException {
    return new TxIn(OutPoint.read(in), Script.read(in), in.int32());
  }

  void writeTo(ByteWriter out) {
    outPoint.writeTo(out);
    scriptSig.writeTo(out);
    out.int32(sequence);
  }

  int encodedSize() {
    return OutPoint.SIZE + scriptSig.encodedSize() + 4;
  }
}
