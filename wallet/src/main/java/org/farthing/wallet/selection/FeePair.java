package org.farthing.wallet.selection;

/**
 * Fee rates, in satoshis for each thousand virtual bytes.
 *
 * @param now of the transaction that is made
 * @param longTerm at which coins that are left over will be spent some day
 */
public record FeePair(long now, long longTerm) {}
