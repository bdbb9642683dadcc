package org.farthing.wallet.spend;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.address.AddressType;

/**
 * What the owner leaves to the wallet when coins are chosen, and what not.
 *
 * @param required coins that are spent in any case, first and in this order
 * @param addsOthers whether further coins may be added where these don't suffice
 * @param filter which coins may be added
 * @param change what happens to the rest
 */
public record CoinControl(
    List<OutPoint> required, boolean addsOthers, Filter filter, ChangeWish change) {
  /** All is left to the wallet. */
  public static final CoinControl NONE =
      new CoinControl(List.of(), true, Filter.NONE, ChangeWish.NONE);

  public CoinControl {
    required = List.copyOf(required);
  }

  /**
   * Which coins may be added.
   *
   * @param unsafe also unconfirmed coins from others, which these may take back
   */
  public record Filter(int leastConfirmations, int mostConfirmations, boolean unsafe) {
    public static final Filter NONE = new Filter(0, Integer.MAX_VALUE, false);

    /** Only confirmed ones. */
    public static final Filter CONFIRMED = new Filter(1, Integer.MAX_VALUE, false);
  }

  /**
   * Where the rest goes.
   *
   * @param script instead of one of the wallet's own choice
   * @param type of the address, if the wallet chooses it
   * @param position among the outputs; a random one if it is missing
   */
  public record ChangeWish(
      Optional<Script> script, Optional<AddressType> type, OptionalInt position) {
    public static final ChangeWish NONE =
        new ChangeWish(Optional.empty(), Optional.empty(), OptionalInt.empty());
  }
}
