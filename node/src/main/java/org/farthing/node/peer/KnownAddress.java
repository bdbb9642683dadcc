package org.farthing.node.peer;

import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;

/**
 * An address at a place in the book; it can have several.
 *
 * @param source who told it first
 * @param tried we were connected to it at some time
 * @param bucket of the table that it is in
 * @param position inside the bucket
 */
public record KnownAddress(
    TimedAddress address, NetAddress source, boolean tried, int bucket, int position) {
  /** One that has no place yet. */
  public KnownAddress(TimedAddress address, NetAddress source, boolean tried) {
    this(address, source, tried, 0, 0);
  }
}
