package org.farthing.wallet.spend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.selection.Fees;

/**
 * What the owner leaves to the wallet when coins are chosen, and what not.
 *
 * @param named coins that are spent in any case
 * @param addsOthers whether further coins may be added where these don't suffice
 * @param filter which coins may be added
 * @param change what happens to the rest
 * @param form of the transaction
 */
public record CoinControl(
    Named named, boolean addsOthers, Filter filter, ChangeWish change, Form form) {
  /** All is left to the wallet. */
  public static final CoinControl NONE =
      new CoinControl(Named.NONE, true, Filter.NONE, ChangeWish.NONE, Form.USUAL);

  public CoinControl withFilter(Filter choice) {
    return new CoinControl(named, addsOthers, choice, change, form);
  }

  /**
   * Coins that are spent in any case, first and in this order.
   *
   * @param weights of some of their inputs, in weight units
   * @param keys what is known of how coins of others are spent
   */
  public record Named(List<OutPoint> coins, Map<OutPoint, Integer> weights, SigningKeys keys) {
    public static final Named NONE = of(List.of());

    public Named {
      coins = List.copyOf(coins);
      weights = Map.copyOf(weights);
    }

    /** The wallet's own coins. */
    public static Named of(List<OutPoint> coins) {
      return new Named(coins, Map.of(), new SigningKeys());
    }
  }

  /**
   * Which coins may be added.
   *
   * @param unsafe also unconfirmed coins from others, which these may take back
   * @param reused also coins of addresses that were spent from before
   * @param grouped coins of one address only together
   */
  public record Filter(
      int leastConfirmations,
      int mostConfirmations,
      boolean unsafe,
      boolean reused,
      boolean grouped) {
    public static final Filter NONE = confirmations(0, Integer.MAX_VALUE, false);

    /** Only confirmed ones. */
    public static final Filter CONFIRMED = confirmations(1, Integer.MAX_VALUE, false);

    public static Filter confirmations(int least, int most, boolean unsafe) {
      return new Filter(least, most, unsafe, true, false);
    }

    /** Nothing of addresses that were spent from before, and of others all or nothing. */
    public Filter avoidingReuse() {
      return new Filter(leastConfirmations, mostConfirmations, unsafe, false, true);
    }
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

  /**
   * What the transaction looks like.
   *
   * @param maxWeight the most weight units; empty for as much as nodes relay
   */
  public record Form(int version, OptionalInt maxWeight) {
    /** Of transactions that nodes relay only in small packages (BIP-0431). */
    public static final int TRUC_VERSION = 3;

    public static final Form USUAL = new Form(2, OptionalInt.empty());

    public boolean isTruc() {
      return version == TRUC_VERSION;
    }

    /** What is wished for, and no more than nodes relay. */
    public int mostWeight() {
      return atMost(isTruc() ? Fees.TRUC_MAX_WEIGHT : Fees.MAX_WEIGHT);
    }

    /** The same where it spends an output of a waiting transaction. */
    public int mostWeightOfChild() {
      return atMost(isTruc() ? Fees.TRUC_CHILD_MAX_WEIGHT : Fees.MAX_WEIGHT);
    }

    private int atMost(int relayed) {
      return Math.min(relayed, maxWeight.orElse(relayed));
    }
  }
}
