package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.wallet.selection.SelectionPolicy;
import org.farthing.wallet.selection.SpendableCoin;

/**
 * Coins that may be spent.
 *
 * @param named those that must be, in this order
 * @param others those that may be added
 * @param policy how they are added
 * @param bumpFee what all ancestors of some waiting coins need together on top, in satoshis
 */
public record Supply(
    List<SpendableCoin> named,
    List<SpendableCoin> others,
    SelectionPolicy policy,
    ToLongFunction<Collection<OutPoint>> bumpFee) {
  public Supply {
    named = List.copyOf(named);
    others = List.copyOf(others);
  }

  Supply grouped() {
    return new Supply(named, others, policy.withGrouped(true), bumpFee);
  }

  List<SpendableCoin> all() {
    List<SpendableCoin> all = new ArrayList<>(named);
    all.addAll(others);
    return all;
  }
}
