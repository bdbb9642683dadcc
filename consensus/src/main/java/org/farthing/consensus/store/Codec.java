package org.farthing.consensus.store;

import java.util.function.BiConsumer;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/** How values of one type stand in the database. */
interface Codec<T> {
  byte[] encode(T value);

  T decode(byte[] bytes) throws DecodeException;

  /** Reads one value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ByteReader in) throws DecodeException;
  }

  /** A codec from a writer and a reader; bytes left over are an error. */
  static <T> Codec<T> of(BiConsumer<T, ByteWriter> writer, Reader<T> reader) {
    return new Codec<>() {
      @Override
      public byte[] encode(T value) {
        ByteWriter out = new ByteWriter();
        writer.accept(value, out);
        return out.toByteArray();
      }

      @Override
      public T decode(byte[] bytes) throws DecodeException {
        ByteReader in = new ByteReader(bytes);
        T value = reader.read(in);
        in.expectEnd();
        return value;
      }
    };
  }
}
