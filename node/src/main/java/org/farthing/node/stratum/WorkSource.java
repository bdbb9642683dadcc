package org.farthing.node.stratum;

import java.util.Optional;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.mining.BlockTemplate;
import org.farthing.node.mining.Payout;

/** What miners' work is made of, and where it goes. Node thread. */
public interface WorkSource {
  /** Whether blocks may be made now; if not, miners get no work. */
  boolean isOpen();

  HeaderNode tip();

  /** A block after the tip with what pays best. */
  BlockTemplate template(Script payout);

  /** The least time of the block after {@code parent}, in seconds since 1970. */
  long minimumTimeSeconds(HeaderNode parent);

  /** Takes a solved block. */
  Verdict submit(Block block);

  /** The script of an address of this network; empty where the text is none. */
  Optional<Script> address(String text);

  /** Who is paid by miners that name nobody; empty if they have to. */
  Optional<Payout> usualPayout();
}
