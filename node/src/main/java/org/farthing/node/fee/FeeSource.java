package org.farthing.node.fee;

import java.util.Arrays;
import java.util.Optional;

/** What an estimate rests on. */
public enum FeeSource {
  /** How long transactions waited for blocks. */
  BLOCK_POLICY("block_policy"),
  /** What waits now, and would be in the next block. */
  MEMPOOL_POLICY("mempool_policy"),
  /** What waits now, and whether the last blocks had room; not one of Bitcoin Core's. */
  ROOM_IN_BLOCKS("room_in_blocks");

  private final String label;

  FeeSource(String label) {
    this.label = label;
  }

  /** Bitcoin Core's word for it, where it has one. */
  public String label() {
    return label;
  }

  public static Optional<FeeSource> named(String label) {
    return Arrays.stream(values()).filter(source -> source.label.equals(label)).findFirst();
  }
}
