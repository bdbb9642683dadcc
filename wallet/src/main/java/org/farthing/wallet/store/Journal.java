package org.farthing.wallet.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * The format of a wallet's file: a magic and a version, then frames. A frame is the length of its
 * payload and the payload's CRC-32C, each of four bytes and little-endian, with a count of records
 * and the records behind. Each frame is written and forced to disk as one, before the next one
 * begins: so only the last can be torn, and then nobody was told that it was written.
 */
final class Journal {
  private static final byte[] MAGIC = "farthing wallet\n".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HEADER_SIZE = MAGIC.length + 4;
  private static final int FRAME_HEADER_SIZE = 8;

  private Journal() {}

  /**
   * What a file holds.
   *
   * @param intactLength the length in bytes up to the end of the last whole frame
   */
  record Content(List<WalletRecord> records, int intactLength) {}

  static byte[] header() {
    return new ByteWriter(HEADER_SIZE).bytes(MAGIC).int32(VERSION).toByteArray();
  }

  static byte[] frame(List<WalletRecord> records) {
    ByteWriter payload = new ByteWriter(1024);
    payload.compactSize(records.size());
    records.forEach(entry -> RecordCodec.write(entry, payload));
    byte[] bytes = payload.toByteArray();
    return new ByteWriter(bytes.length + FRAME_HEADER_SIZE)
        .int32(bytes.length)
        .int32(checksum(bytes, 0, bytes.length))
        .bytes(bytes)
        .toByteArray();
  }

  /**
   * Reads a file. A last frame that was not written to its end, or not all of it, is left out.
   *
   * @throws WalletException UNKNOWN_FORMAT, and UNREADABLE_WALLET for everything else that is not
   *     as it was written
   */
  static Content read(byte[] file) throws WalletException {
    checkHeader(file);
    List<WalletRecord> records = new ArrayList<>();
    int at = HEADER_SIZE;
    while (at < file.length) {
      int length = frameLength(file, at);
      if (!isIntact(file, at, length)) {
        // Torn; but where a whole frame stands behind it, it was whole once, and is damaged.
        if (holdsWholeFrame(file, at + 1)) {
          throw damaged(at);
        }
        break;
      }
      int payloadAt = at + FRAME_HEADER_SIZE;
      decode(new ByteReader(file, payloadAt, length), records, at);
      at = payloadAt + length;
    }
    return new Content(records, Math.min(at, file.length));
  }

  private static void checkHeader(byte[] file) throws WalletException {
    if (file.length < HEADER_SIZE
        || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new WalletException(WalletError.UNKNOWN_FORMAT, "this is not a Farthing wallet");
    }
    int version = int32(file, MAGIC.length);
    if (version != VERSION) {
      throw unreadable(
          "the wallet was written by another version of Farthing (format "
              + version
              + ", this one reads "
              + VERSION
              + "): open it with that version");
    }
  }

  private static int frameLength(byte[] file, int at) {
    return file.length - at < FRAME_HEADER_SIZE ? Integer.MAX_VALUE : int32(file, at);
  }

  private static boolean isIntact(byte[] file, int at, int length) {
    return length > 0
        && length <= file.length - at - FRAME_HEADER_SIZE
        && int32(file, at + 4) == checksum(file, at + FRAME_HEADER_SIZE, length);
  }

  private static boolean holdsWholeFrame(byte[] file, int from) {
    for (int at = from; at < file.length - FRAME_HEADER_SIZE; at++) {
      if (isIntact(file, at, int32(file, at))) {
        return true;
      }
    }
    return false;
  }

  private static void decode(ByteReader in, List<WalletRecord> records, int frameAt)
      throws WalletException {
    try {
      int count = in.count(1);
      for (int i = 0; i < count; i++) {
        records.add(RecordCodec.read(in));
      }
      in.expectEnd();
    } catch (DecodeException e) {
      throw unreadable(
          "the wallet's file has a record that this version of Farthing cannot read (byte "
              + frameAt
              + ": "
              + e.getMessage()
              + "): open it with the version that wrote it");
    }
  }

  private static int checksum(byte[] bytes, int offset, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, offset, length);
    return (int) checksum.getValue();
  }

  private static int int32(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
  }

  private static WalletException damaged(int at) {
    return unreadable(
        "the wallet's file is damaged at byte "
            + at
            + ": restore it from a backup, or the wallet from its words");
  }

  private static WalletException unreadable(String message) {
    return new WalletException(WalletError.UNREADABLE_WALLET, message);
  }
}
