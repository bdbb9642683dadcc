package org.farthing.client;

/**
 * Which keys of a descriptor.
 *
 * @param first an index, from 0
 * @param last an index, included
 */
public record IndexRange(long first, long last) {
  /** From the first one on. */
  public static IndexRange to(long last) {
    return new IndexRange(0, last);
  }
}
