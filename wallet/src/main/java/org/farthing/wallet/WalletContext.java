package org.farthing.wallet;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.params.ConsensusParams;

/**
 * The world around a wallet.
 *
 * @param nowSeconds seconds since 1970
 * @param random for what need not be secret: which coins are spent, and where change stands
 * @param owner of the thread that alone may use the wallet
 */
public record WalletContext(
    ConsensusParams params,
    ChainAccess chain,
    TxPublisher publisher,
    LongSupplier nowSeconds,
    RandomGenerator random,
    WalletOptions options,
    Owner owner) {}
