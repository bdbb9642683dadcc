package org.farthing.wallet;

import java.util.Collection;
import java.util.List;
import org.farthing.consensus.primitives.OutPoint;

/** Coins that the wallet doesn't spend by itself, because the owner keeps them back. */
public final class WalletCoinLocks {
  private final WalletContext context;
  private final WalletState state;

  WalletCoinLocks(WalletContext context, WalletState state) {
    this.context = context;
    this.state = state;
  }

  /** In the order in which they were locked. */
  public List<OutPoint> all() {
    context.owner().check();
    return List.copyOf(state.lockedCoins().keySet());
  }

  public boolean isLocked(OutPoint coin) {
    return state.isCoinLocked(coin);
  }

  /** Whether it stays so when the wallet is loaded again. */
  public boolean isLasting(OutPoint coin) {
    return state.lockedCoins().getOrDefault(coin, false);
  }

  /**
   * @param lasting also when the wallet is loaded again
   */
  public void lock(Collection<OutPoint> coins, boolean lasting) {
    context.owner().check();
    state.lockCoins(coins, lasting);
  }

  public void unlock(Collection<OutPoint> coins) {
    context.owner().check();
    state.unlockCoins(coins);
  }
}
