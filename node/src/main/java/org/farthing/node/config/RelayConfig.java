package org.farthing.node.config;

/**
 * How transactions are passed on.
 *
 * @param perSecond transactions that peers which called us are told of on average
 * @param reconcile agree with peers on reconciliation of transactions (BIP330), as far as it exists
 */
public record RelayConfig(int perSecond, boolean reconcile) {
  public static final RelayConfig DEFAULT = new RelayConfig(14, false);
}
