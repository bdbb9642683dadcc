package org.farthing.consensus.index;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Txid;

/**
 * An unspent output of a script.
 *
 * @param valueSat in satoshis
 * @param coinbase made by a coinbase
 */
public record AddressCoin(Place place, long valueSat, boolean coinbase) {
  /**
   * Where it was made: older ones first.
   *
   * @param height of the block
   */
  public record Place(int height, OutPoint outPoint) {
    /** Before and after all others. */
    public static final Place FIRST = new Place(0, new OutPoint(Txid.ZERO, 0));

    public static final Place LAST = new Place(Integer.MAX_VALUE, new OutPoint(Txid.ZERO, 0));

    void writeTo(ByteWriter out) {
      out.int32(Integer.reverseBytes(height));
      outPoint.txid().writeTo(out);
      out.int32(Integer.reverseBytes(outPoint.index()));
    }

    static Place read(ByteReader in) throws DecodeException {
      int height = Integer.reverseBytes(in.int32());
      Txid txid = Txid.read(in);
      return new Place(height, new OutPoint(txid, Integer.reverseBytes(in.int32())));
    }
  }
}
