package org.farthing.consensus.validation;

import org.farthing.consensus.primitives.TxOut;

/** What the rules ask of an output that an input spends. */
public interface SpentOutput {
  TxOut output();

  /** The height of the block that made it. */
  int height();

  /** Made by a coinbase, so that it has to mature. */
  boolean coinbase();
}
