package org.farthing.consensus.column;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/** How values of one type stand in the database. */
public interface Codec<T> {
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

  /** Text in UTF-8, as long as there are bytes. */
  static Codec<String> text() {
    return of(
        (value, out) -> out.bytes(value.getBytes(StandardCharsets.UTF_8)),
        in -> new String(in.bytes(in.remaining()), StandardCharsets.UTF_8));
  }

  /** No bytes: that a row is there says it all. The one value is true. */
  static Codec<Boolean> nothing() {
    return of((value, out) -> {}, in -> true);
  }

  /** The bytes as they are. */
  static Codec<byte[]> raw() {
    return new Codec<>() {
      @Override
      public byte[] encode(byte[] value) {
        return value;
      }

      @Override
      public byte[] decode(byte[] bytes) {
        return bytes;
      }
    };
  }
}
