package org.farthing.node.sync;

import org.farthing.consensus.primitives.Block;
import org.farthing.node.wire.CmpctBlock;

/** Lets scripted peers speak in short forms. */
public final class TestShortForms {
  private TestShortForms() {}

  public static CmpctBlock of(Block block, long nonce) {
    return ShortIds.shorten(block, nonce);
  }
}
