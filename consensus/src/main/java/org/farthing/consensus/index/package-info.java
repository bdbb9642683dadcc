/**
 * Indexes: what can be asked of the chain beyond its blocks and coins. Each {@link
 * org.farthing.consensus.index.Indexer} says what a block adds; {@link
 * org.farthing.consensus.index.IndexFollower} leads it along the active chain. No thread here.
 */
package org.farthing.consensus.index;
