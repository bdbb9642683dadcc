package org.farthing.node.peer;

import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.TimedAddress;

/**
 * An address in the book.
 *
 * @param source who told it first
 * @param tried we were connected to it at some time
 */
public record KnownAddress(TimedAddress address, NetAddress source, boolean tried) {}
