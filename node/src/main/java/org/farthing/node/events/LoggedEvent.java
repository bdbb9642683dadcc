package org.farthing.node.events;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * An event in its place.
 *
 * @param sequence counts the events of a log from 1, without gaps
 * @param timeMillis since 1970, by the node's clock
 */
public record LoggedEvent(long sequence, long timeMillis, Event event) {
  /** What stands in the log beside the sequence. */
  byte[] encode() {
    ByteWriter out = new ByteWriter().int64(timeMillis);
    Event.write(event, out);
    return out.toByteArray();
  }

  static LoggedEvent decode(long sequence, byte[] bytes) throws DecodeException {
    ByteReader in = new ByteReader(bytes);
    long timeMillis = in.int64();
    Event event = Event.read(in);
    in.expectEnd();
    return new LoggedEvent(sequence, timeMillis, event);
  }
}
