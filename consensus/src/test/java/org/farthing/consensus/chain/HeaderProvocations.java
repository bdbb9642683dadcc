package org.farthing.consensus.chain;

import static org.farthing.consensus.validation.RejectReason.BAD_DIFFBITS;
import static org.farthing.consensus.validation.RejectReason.BAD_PREVBLK;
import static org.farthing.consensus.validation.RejectReason.BAD_VERSION;
import static org.farthing.consensus.validation.RejectReason.DUPLICATE_INVALID;
import static org.farthing.consensus.validation.RejectReason.HIGH_HASH;
import static org.farthing.consensus.validation.RejectReason.INCONCLUSIVE_NOT_BEST_PREVBLK;
import static org.farthing.consensus.validation.RejectReason.PREV_BLK_NOT_FOUND;
import static org.farthing.consensus.validation.RejectReason.TIME_TOO_NEW;
import static org.farthing.consensus.validation.RejectReason.TIME_TOO_OLD;
import static org.farthing.consensus.validation.RejectReason.TOO_LITTLE_CHAINWORK;

import java.util.List;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.ProofOfWork;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.ChainBuilder;

/** Headers, and places in the chain, that are refused. */
final class HeaderProvocations {
  private HeaderProvocations() {}

  static List<Provocation> all() {
    return List.of(
        new Provocation(HIGH_HASH, "no work", chain -> chain.offer(unsolved(chain))),
        Provocation.block(
            BAD_DIFFBITS, "harder than asked for", chain -> chain.draft().bits(0x207ffffe)),
        Provocation.block(
            TIME_TOO_OLD,
            "the median time past",
            chain -> chain.draft().timeSeconds(chain.tip().medianTimePast())),
        new Provocation(TIME_TOO_NEW, "two hours and a second", HeaderProvocations::tooNew),
        Provocation.block(BAD_VERSION, "version 3", chain -> chain.draft().version(3)),
        Provocation.block(BAD_VERSION, "a negative one", chain -> chain.draft().version(-1)),
        new Provocation(
            PREV_BLK_NOT_FOUND, "from another chain", chain -> chain.offer(fromElsewhere())),
        new Provocation(
            BAD_PREVBLK,
            "after a coinbase that takes too much",
            chain -> chain.offer(chain.draft(refused(chain).hash()).build())),
        new Provocation(
            TOO_LITTLE_CHAINWORK,
            "an unasked block far below the tip",
            chain -> chain.offerUnrequested(chain.draft(chain.params().genesis().hash()).build())),
        new Provocation(DUPLICATE_INVALID, "the same again", chain -> chain.offer(refused(chain))),
        new Provocation(
            INCONCLUSIVE_NOT_BEST_PREVBLK,
            "a template for an old tip",
            chain ->
                chain
                    .chain()
                    .testBlock(
                        chain.draft(chain.tip().parent().hash()).build(), chain.nowSeconds())));
  }

  private static Block unsolved(ChainBuilder chain) {
    Block block = chain.draft().build();
    BlockHeader header = block.header();
    while (ProofOfWork.isMet(header.hash(), header.bits(), chain.params().difficulty())) {
      header = header.withNonce(header.nonce() + 1);
    }
    return new Block(header, block.transactions());
  }

  private static Verdict tooNew(ChainBuilder chain) {
    Block block = chain.draft().build();
    long time = block.header().timeSeconds();
    return chain.chain().acceptBlock(block, time - 2 * 60 * 60 - 1);
  }

  private static Block fromElsewhere() {
    try (ChainBuilder elsewhere = ChainBuilder.regtest()) {
      elsewhere.mine(1);
      return elsewhere.mine(1).get(0);
    }
  }

  /** A block that was refused, its header known. */
  private static Block refused(ChainBuilder chain) {
    Block block = chain.draft().fees(1).build();
    chain.offer(block);
    return block;
  }
}
