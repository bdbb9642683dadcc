package org.farthing.consensus.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;

/** Writes little-endian values to an array that grows. */
public final class ByteWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] data;
  private int size;

  public ByteWriter() {
    this(64);
  }

  public ByteWriter(int capacity) {
    data = new byte[Math.max(16, capacity)];
  }

  private int advance(int count) {
    int at = size;
    size = Math.addExact(size, count);
    if (size > data.length) {
      data = Arrays.copyOf(data, Math.max(size, (int) Math.min(Integer.MAX_VALUE - 8, 2L * at)));
    }
    return at;
  }

  public int size() {
    return size;
  }

  public ByteWriter uint8(int value) {
    int at = advance(1);
    data[at] = (byte) value;
    return this;
  }

  public ByteWriter uint16(int value) {
    return uint8(value).uint8(value >>> 8);
  }

  /** Two bytes, big-endian: ports are written so. */
  public ByteWriter uint16BigEndian(int value) {
    return uint8(value >>> 8).uint8(value);
  }

  public ByteWriter int32(int value) {
    int at = advance(4);
    INT.set(data, at, value);
    return this;
  }

  /** The lower four bytes of {@code value}. */
  public ByteWriter uint32(long value) {
    return int32((int) value);
  }

  public ByteWriter int64(long value) {
    int at = advance(8);
    LONG.set(data, at, value);
    return this;
  }

  public ByteWriter compactSize(long value) {
    return switch (CompactSize.sizeOf(value)) {
      case 1 -> uint8((int) value);
      case 3 -> uint8(CompactSize.MARKER_16).uint16((int) value);
      case 5 -> uint8(CompactSize.MARKER_32).uint32(value);
      default -> uint8(CompactSize.MARKER_64).int64(value);
    };
  }

  public ByteWriter bytes(byte[] bytes) {
    return bytes(bytes, 0, bytes.length);
  }

  public ByteWriter bytes(byte[] bytes, int offset, int length) {
    int at = advance(length);
    System.arraycopy(bytes, offset, data, at, length);
    return this;
  }

  /** A count, then the bytes. */
  public ByteWriter varBytes(byte[] bytes) {
    return compactSize(bytes.length).bytes(bytes);
  }

  /** Hashes what was written, without a copy of it. */
  public void feed(MessageDigest digest) {
    digest.update(data, 0, size);
  }

  /**
   * What was written. Where exactly so much room was asked for it is no copy, and whoever changes
   * it must not ask again.
   */
  public byte[] toByteArray() {
    return size == data.length ? data : Arrays.copyOf(data, size);
  }
}
