package org.farthing.wallet.selection;

import java.util.Optional;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.InputSize;

/**
 * A coin that may be spent.
 *
 * @param size what an input takes that spends it; empty where nobody knows how it is spent
 * @param bumpFeeSat what a transaction that spends it must pay on top, so that miners take those
 *     that have to be mined before it
 */
public record SpendableCoin(
    OutPoint outPoint, TxOut output, Optional<InputSize> size, Standing standing, long bumpFeeSat) {

  /**
   * How safe it is to build on a coin.
   *
   * @param confirmations 0 while it is in no block
   * @param own whether it comes from a transaction of the wallet's
   * @param kind of the address; empty for scripts without one
   */
  public record Standing(
      int confirmations, boolean own, Optional<AddressType> kind, Ancestry ancestry) {
    /** Of coins that the owner has named: nobody asks how safe they are. */
    public static final Standing NAMED =
        new Standing(0, false, Optional.empty(), Ancestry.CONFIRMED);
  }

  /**
   * The waiting transactions that its transaction hangs together with.
   *
   * @param ancestors that have to be mined before, its own included; 0 if it is in a block
   * @param cluster all, its own included; 0 if it is in a block
   */
  public record Ancestry(int ancestors, int cluster) {
    public static final Ancestry CONFIRMED = new Ancestry(0, 0);
  }

  public long valueSat() {
    return output.valueSat();
  }

  /**
   * The most weight units that an input takes which spends it, rounded up to whole virtual bytes; 0
   * where nobody knows.
   */
  public int inputWeight() {
    return size.map(known -> 4 * ((known.weight() + 3) / 4)).orElse(0);
  }

  public SpendableCoin withBumpFee(long sat) {
    return new SpendableCoin(outPoint, output, size, standing, sat);
  }
}
