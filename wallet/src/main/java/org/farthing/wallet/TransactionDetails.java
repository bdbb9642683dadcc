package org.farthing.wallet;

import java.util.List;
import java.util.OptionalLong;
import org.farthing.wallet.history.Movement;
import org.farthing.wallet.history.WalletTx;

/**
 * A transaction with what it means to the wallet now.
 *
 * @param confirmations blocks on it, its own included; negative where a block conflicts with it
 * @param amountSat what came in less what went out, in satoshis, without the fee
 * @param feeSat in satoshis, where the wallet paid it
 */
public record TransactionDetails(
    WalletTx entry,
    int confirmations,
    boolean trusted,
    boolean inMempool,
    long amountSat,
    OptionalLong feeSat,
    List<Movement> movements) {
  /** Whether its outputs can be spent: newly mined ones cannot for a while. */
  public boolean isMature() {
    return movements.stream()
        .noneMatch(movement -> movement.category() == Movement.Category.IMMATURE);
  }

  public TransactionDetails {
    movements = List.copyOf(movements);
  }
}
