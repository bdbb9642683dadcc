package org.farthing.wallet.history;

/**
 * What a wallet has, in satoshis.
 *
 * @param trustedSat confirmed and mature, or the wallet's own unconfirmed change: can be spent now
 * @param pendingSat unconfirmed payments by others
 * @param immatureSat newly mined, and not deep enough in the chain to be spent
 */
public record Balance(long trustedSat, long pendingSat, long immatureSat) {
  public static final Balance ZERO = new Balance(0, 0, 0);

  public long totalSat() {
    return trustedSat + pendingSat + immatureSat;
  }

  public Balance plus(Balance other) {
    return plus(other.trustedSat, other.pendingSat, other.immatureSat);
  }

  public Balance minus(Balance other) {
    return plus(-other.trustedSat, -other.pendingSat, -other.immatureSat);
  }

  Balance plus(long trusted, long pending, long immature) {
    return new Balance(trustedSat + trusted, pendingSat + pending, immatureSat + immature);
  }
}
