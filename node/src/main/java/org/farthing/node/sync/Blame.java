package org.farthing.node.sync;

import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.peer.Peer;

/** Who is to blame for a header or block that is refused. */
final class Blame {
  private Blame() {}

  /**
   * Whoever means well does not send it. A header from the future or of little work may be sent by
   * anybody; one that we found invalid before, by somebody who connected to us and has not heard of
   * our rules.
   */
  static boolean fallsOn(Peer sender, RejectReason reason) {
    return switch (reason) {
      case TIME_TOO_NEW, TOO_LITTLE_CHAINWORK -> false;
      case DUPLICATE_INVALID -> !sender.isInbound();
      default -> true;
    };
  }

  /**
   * Whoever passes on a block in short form has to check its header only (BIP-0152): not what is
   * wrong with the rest.
   */
  static boolean fallsOnHeader(RejectReason reason) {
    return switch (reason) {
      case HIGH_HASH,
          BAD_DIFFBITS,
          TIME_TOO_OLD,
          TIME_TIMEWARP_ATTACK,
          BAD_VERSION,
          BAD_PREVBLK,
          PREV_BLK_NOT_FOUND ->
          true;
      default -> false;
    };
  }

  /** What a peer did that sent such a block. */
  static String text(Verdict.Rejected rejected) {
    return rejected.reason().kind() == RejectReason.Kind.MUTATED
        ? "mutated block"
        : "invalid block: " + rejected;
  }
}
