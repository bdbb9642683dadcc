package org.farthing.consensus.chain;

import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.params.KnownChain;

/** Where a transaction can have the identifier of an earlier one, which BIP-0030 forbids. */
final class Repetition {
  private Repetition() {}

  /**
   * False where no output of the block can overwrite an unspent one, or where history says that it
   * may. Only coinbases can be repeated, and what descends from them. BIP-0034 makes them differ by
   * their heights; but in blocks from before it a coinbase may begin with the height of a later
   * block by chance.
   */
  static boolean isPossibleIn(HeaderNode block, ConsensusParams params) {
    KnownChain known = params.known();
    if (known.repeatedCoinbases().contains(block.hash())) {
      return false;
    }
    int bip34Height = params.deployments().heights().get(Deployment.BIP34);
    if (bip34Height <= 1) {
      return false;
    }
    boolean onKnownChain =
        bip34Height < block.height()
            && known.bip34Block().filter(block.ancestor(bip34Height).hash()::equals).isPresent();
    return !onKnownChain || block.height() >= KnownChain.BIP34_SUFFICES_BEFORE;
  }
}
