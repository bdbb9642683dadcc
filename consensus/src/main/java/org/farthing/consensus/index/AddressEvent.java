package org.farthing.consensus.index;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Txid;

/**
 * An output that pays to a script, or an input that spends such an output.
 *
 * @param valueSat of the output, in satoshis
 */
public record AddressEvent(Place place, Txid txid, long valueSat) {
  /**
   * Where it stands: in the order of the chain.
   *
   * @param height of the block
   * @param position of the transaction in the block, from 0
   * @param index of the output or input
   */
  public record Place(int height, int position, Kind kind, int index) {
    /** Before and after all others. */
    public static final Place FIRST = new Place(0, 0, Kind.RECEIVED, 0);

    public static final Place LAST =
        new Place(Integer.MAX_VALUE, Integer.MAX_VALUE, Kind.SPENT, Integer.MAX_VALUE);

    /** The first place after this one, whether anything happened there or not. */
    public Place next() {
      if (index < Integer.MAX_VALUE) {
        return new Place(height, position, kind, index + 1);
      }
      return kind == Kind.RECEIVED
          ? new Place(height, position, Kind.SPENT, 0)
          : new Place(height, position + 1, Kind.RECEIVED, 0);
    }

    /** The last place before this one, whether anything happened there or not. */
    public Place previous() {
      if (index > 0) {
        return new Place(height, position, kind, index - 1);
      }
      if (kind == Kind.SPENT) {
        return new Place(height, position, Kind.RECEIVED, Integer.MAX_VALUE);
      }
      return position > 0
          ? new Place(height, position - 1, Kind.SPENT, Integer.MAX_VALUE)
          : new Place(height - 1, Integer.MAX_VALUE, Kind.SPENT, Integer.MAX_VALUE);
    }

    @SuppressWarnings("EnumOrdinal") // Places in the enum are the format.
    void writeTo(ByteWriter out) {
      out.int32(Integer.reverseBytes(height)).int32(Integer.reverseBytes(position));
      out.uint8(kind.ordinal()).int32(Integer.reverseBytes(index));
    }

    @SuppressWarnings("EnumOrdinal")
    static Place read(ByteReader in) throws DecodeException {
      int height = Integer.reverseBytes(in.int32());
      int position = Integer.reverseBytes(in.int32());
      int kind = in.uint8();
      if (kind >= Kind.values().length) {
        throw new DecodeException("no kind of event: " + kind);
      }
      return new Place(height, position, Kind.values()[kind], Integer.reverseBytes(in.int32()));
    }
  }

  /** What happened. */
  public enum Kind {
    RECEIVED,
    SPENT
  }
}
