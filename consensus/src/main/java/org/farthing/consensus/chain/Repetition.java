package org.farthing.consensus.chain;

import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.params.KnownChain;

/**
 * Where a transaction can have the identifier of an earlier one, which BIP-0030 forbids. Only
 * coinbases can be repeated, and what descends from them.
 */
final class Repetition {
  private Repetition() {}

  /** True where the outputs of a block may overwrite unspent ones, and must not. */
  static boolean isPossibleIn(HeaderNode block, ConsensusParams params) {
    int bip34Height = params.deployments().heights().get(Deployment.BIP34);
    return bip34Height > 1
        && !isAllowedIn(block, params)
        && !isExcludedByHeights(block, bip34Height, params.known());
  }

  /** True where a coinbase may overwrite unspent outputs. */
  static boolean isAllowedIn(HeaderNode block, ConsensusParams params) {
    return params.known().repeatedCoinbases().contains(block.hash());
  }

  private static boolean isExcludedByHeights(HeaderNode block, int bip34Height, KnownChain known) {
    if (known.heightsInCoinbases().isEmpty() || block.height() <= bip34Height) {
      return false;
    }
    KnownChain.HeightsInCoinbases heights = known.heightsInCoinbases().get();
    return block.height() < heights.sufficesBefore()
        && block.ancestor(bip34Height).hash().equals(heights.firstBlock());
  }
}
