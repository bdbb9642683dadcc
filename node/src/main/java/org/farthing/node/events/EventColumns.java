package org.farthing.node.events;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.column.Codec;
import org.farthing.consensus.column.Column;
import org.farthing.consensus.index.IndexLayout;
import org.farthing.consensus.primitives.Txid;

/**
 * The map of the log. Keys are ordered as what they stand for.
 *
 * <pre>
 * column   key              value
 * log      name of a fact   number: "id" of the log, "next" sequence, "bytes" of all events,
 *                           "height" of the last block
 * events   sequence         time, event
 * chain    height           the block that the log knows there, of the last heights
 * pool     txid             what waits, by all that the log says
 * </pre>
 */
final class EventColumns {
  static final String ID = "id";
  static final String NEXT = "next";
  static final String BYTES = "bytes";
  static final String HEIGHT = "height";

  static final Column<String, Long> FACTS =
      new Column<>(
          "log",
          Codec.text(),
          Codec.of((value, out) -> out.int64(value), ByteReader::int64),
          false);

  static final Column<Long, byte[]> EVENTS =
      new Column<>(
          "events",
          Codec.of(EventColumns::writeOrdered, EventColumns::readOrdered),
          Codec.raw(),
          false);

  static final Column<Long, BlockFacts> CHAIN =
      new Column<>(
          "chain",
          Codec.of(EventColumns::writeOrdered, EventColumns::readOrdered),
          Codec.of(BlockFacts::writeTo, BlockFacts::read),
          false);

  static final Column<Txid, TxFacts> POOL =
      new Column<>(
          "pool",
          Codec.of(Txid::writeTo, Txid::read),
          Codec.of(TxFacts::writeTo, TxFacts::read),
          false);

  static final IndexLayout LAYOUT =
      new IndexLayout("event log", 1, List.of(FACTS, EVENTS, CHAIN, POOL));

  private EventColumns() {}

  /** Big-endian, so that bytes are ordered as numbers. */
  private static void writeOrdered(Long number, ByteWriter out) {
    out.int64(Long.reverseBytes(number));
  }

  private static long readOrdered(ByteReader in) throws DecodeException {
    return Long.reverseBytes(in.int64());
  }
}
