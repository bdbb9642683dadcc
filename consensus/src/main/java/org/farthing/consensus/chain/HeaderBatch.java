package org.farthing.consensus.chain;

import org.farthing.consensus.validation.Verdict;

/**
 * What came of headers that were delivered together.
 *
 * @param accepted how many are in the tree now, from the first on
 * @param verdict on the one after those; accepted if there is none
 */
public record HeaderBatch(int accepted, Verdict verdict) {}
