package org.farthing.wallet;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.consensus.primitives.Amount;
import org.farthing.wallet.address.AddressType;

/**
 * What an operator may choose for all wallets of a node.
 *
 * @param vaultCost of the derivation of keys from passphrases, for vaults that are written
 * @param addressType of the addresses that are given away if nobody asks for another one
 * @param changeType of the addresses for change; without it, what suits the payment
 * @param keypool how many scripts are derived ahead of the last one in use, instead of each
 *     wallet's own gap limit
 * @param spending how coins are chosen
 */
public record WalletOptions(
    Scrypt.Cost vaultCost,
    AddressType addressType,
    Optional<AddressType> changeType,
    OptionalInt keypool,
    Fees fees,
    Spending spending) {
  /**
   * What payments cost. Rates are satoshis for each thousand virtual bytes.
   *
   * @param fallback the rate of payments that name none, as long as nobody knows what others pay; 0
   *     for refusing them
   * @param minimum no payment names a lower rate
   * @param maximumSat a transaction whose fee is higher is refused
   * @param targetBlocks in so many blocks payments that say nothing of it should be confirmed
   * @param discard change that costs more to spend at this rate than it is worth is not made
   * @param consolidate below this rate more coins are spent than must be, so that few are left
   * @param extraForGroupsSat so much more may be paid for spending coins of one address together;
   *     empty if that is not to be tried
   */
  public record Fees(
      long fallback,
      long minimum,
      long maximumSat,
      int targetBlocks,
      long discard,
      long consolidate,
      OptionalLong extraForGroupsSat) {
    /** About a week of blocks; nobody estimates further. */
    public static final int HIGHEST_TARGET = 1_008;

    /** A satoshi for each virtual byte; at most a tenth of a coin. */
    public static final Fees USUAL =
        new Fees(1_000, 1_000, Amount.COIN / 10, 6, 10_000, 10_000, OptionalLong.of(0));
  }

  /**
   * How coins are chosen, where a payment says nothing of it, and what becomes of the payment.
   *
   * @param unconfirmedChange unconfirmed change is spent too; otherwise it does not count as
   *     trusted
   * @param grouped coins of one address are spent together or not at all
   * @param rejectLongChains no transaction is made that hangs together with more than mempools take
   * @param replaceable transactions say that they may be replaced (BIP-0125)
   * @param broadcast transactions are offered to the mempool, and by it to peers; otherwise the
   *     wallet only keeps them
   */
  public record Spending(
      boolean unconfirmedChange,
      boolean grouped,
      boolean rejectLongChains,
      boolean replaceable,
      boolean broadcast) {
    public static final Spending USUAL = new Spending(true, false, true, true, true);
  }

  /** The usual choices, but for the cost of a passphrase. */
  public static WalletOptions of(Scrypt.Cost vaultCost) {
    return new WalletOptions(
        vaultCost,
        AddressType.BECH32,
        Optional.empty(),
        OptionalInt.empty(),
        Fees.USUAL,
        Spending.USUAL);
  }
}
