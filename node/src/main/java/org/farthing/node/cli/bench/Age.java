package org.farthing.node.cli.bench;

import java.util.List;

/**
 * How long a process has been connecting blocks of payments. A virtual machine runs the first ones
 * in code that is not compiled yet; caches are cold for anybody.
 *
 * @param first block that belongs to this age, from 0
 * @param measured from this one on blocks are counted
 * @param end the first block that does not belong to it any more
 */
record Age(String label, int first, int measured, int end) {
  private static final int BLOCKS = 10;

  /** The first three find cold caches, and nodes do not know whom to ask for short forms. */
  static final Age YOUNG = new Age("young", 0, 3, BLOCKS);

  static final Age OLDER = new Age("after 40 such blocks", 40, 40, 40 + BLOCKS);

  static final List<Age> ALL = List.of(YOUNG, OLDER);

  /** So many blocks of payments are needed. */
  static final int ALL_BLOCKS = OLDER.end;
}
