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
 * @param leastConfirmations of coins that are added
 * @param change what happens to the rest
 */
public record CoinControl(
    List<OutPoint> required, boolean addsOthers, int leastConfirmations, ChangeWish change) {
  /** All is left to the wallet. */
  public static final CoinControl NONE = new CoinControl(List.of(), true, 0, ChangeWish.NONE);

  public CoinControl {
    required = List.copyOf(required);
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
