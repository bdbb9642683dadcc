package org.farthing.node.wire;

import java.util.ArrayList;
import java.util.List;

/** What a node offers, as bits of one 64-bit number. */
public final class Services {
  public static final long NONE = 0;

  /** All blocks. */
  public static final long NETWORK = 1;

  /** Filtered connections (BIP-0111). */
  public static final long BLOOM = 1 << 2;

  /** Blocks and transactions with witnesses (BIP-0144). */
  public static final long WITNESS = 1 << 3;

  /** Compact filters (BIP-0157). */
  public static final long COMPACT_FILTERS = 1 << 6;

  /** The last 288 blocks (BIP-0159). */
  public static final long NETWORK_LIMITED = 1 << 10;

  /** Encrypted connections (BIP-0324). */
  public static final long P2P_V2 = 1 << 11;

  /**
   * Hands transactions on before they are announced (BIP-0156). One of the bits that anybody may
   * use for trials; others do not look at it.
   */
  public static final long STEMS = 1 << 26;

  private Services() {}

  public static boolean has(long services, long wanted) {
    return (services & wanted) == wanted;
  }

  /** Blocks, at least the last ones. */
  public static boolean haveBlocks(long services) {
    return has(services, NETWORK) || has(services, NETWORK_LIMITED);
  }

  /** Bitcoin Core's names of the bits that are set, the lowest first. */
  public static List<String> names(long services) {
    List<String> names = new ArrayList<>();
    for (int bit = 0; bit < Long.SIZE; bit++) {
      if (((services >>> bit) & 1) != 0) {
        names.add(name(bit));
      }
    }
    return names;
  }

  private static String name(int bit) {
    return switch (bit) {
      case 0 -> "NETWORK";
      case 2 -> "BLOOM";
      case 3 -> "WITNESS";
      case 6 -> "COMPACT_FILTERS";
      case 10 -> "NETWORK_LIMITED";
      case 11 -> "P2P_V2";
      default -> "UNKNOWN[2^" + bit + "]";
    };
  }
}
