package org.farthing.node.sync;

import java.util.Locale;

/** How far a block has come on its way through the node. */
public enum BlockStage {
  /** A peer has shown its header, which was new. */
  ANNOUNCED,
  /** A peer was asked for it. */
  REQUESTED,
  /** It is here. */
  RECEIVED,
  /** Nothing speaks against it but, perhaps, its coins and scripts; it is about to be stored. */
  CHECKED,
  /** It is part of the chain. */
  CONNECTED,
  /** A peer was told of it. */
  RELAYED;

  /** As figures and events name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
