package org.farthing.node.sync;

/**
 * How many blocks may be awaited from one peer at a time: {@value #LEAST}, as in Bitcoin Core, and
 * more while its blocks are so small that {@value #LEAST} of them are less than {@value #BYTES}
 * bytes. Each answer would otherwise be so short that we, the peer and the line between take turns
 * instead of working at once. A slow peer holds no more bytes back than one with larger blocks.
 */
final class BlocksInFlight {
  static final int LEAST = 16;

  /** An eighth of the window: so many such peers fill it. */
  static final int MOST = BlockDownloader.WINDOW / 8;

  static final int BYTES = 128 * 1024;

  /** Small blocks let the mean shrink by such a part of the difference. */
  private static final int SMOOTHING = 16;

  /** What blocks of this peer have, in bytes; before any came, too much for more than the least. */
  private int blockBytes = BYTES / LEAST;

  /** The peer gave a block. A large one closes the window at once, small ones open it slowly. */
  void came(int bytes) {
    blockBytes = Math.max(bytes, blockBytes - (blockBytes - bytes) / SMOOTHING);
  }

  int most() {
    return Math.max(LEAST, Math.min(MOST, BYTES / blockBytes));
  }
}
