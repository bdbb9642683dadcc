package org.farthing.wallet.history;

/** How firmly a transaction holds the coins that it spends, the loosest first. */
enum Claim {
  /** Not at all: given up, or something else spends the same. */
  NONE,
  /** It waits, though no mempool that is known has it. */
  OUTSIDE,
  MEMPOOL,
  BLOCK
}
