package org.farthing.wallet.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.testing.Decoding;
import org.farthing.wallet.error.WalletException;

/** A wallet's file: what can be read is written as it was. */
class StoreFuzzTest {
  /** The kind of record that is read and not written any more. */
  private static final byte FORMER_TRANSACTION = 6;

  @FuzzTest
  void walletRecord(byte[] input) throws Exception {
    ByteReader in = new ByteReader(input);
    Decoding.of(input.length, DecodeException.class, () -> RecordCodec.read(in))
        .ifPresent(
            entry -> {
              ByteWriter out = new ByteWriter();
              RecordCodec.write(entry, out);
              if (input[0] == FORMER_TRANSACTION) {
                assertThat(read(out.toByteArray())).isEqualTo(entry);
              } else {
                assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(input, in.position()));
              }
            });
  }

  private static WalletRecord read(byte[] bytes) {
    try {
      return RecordCodec.read(new ByteReader(bytes));
    } catch (DecodeException e) {
      throw new AssertionError("what was written cannot be read", e);
    }
  }

  /** Behind a right header: frames with a right checksum (first byte even), or anything. */
  @FuzzTest
  void journal(byte[] input) throws Exception {
    ByteWriter out = new ByteWriter().bytes(Journal.header());
    boolean framed = input.length > 0 && (input[0] & 1) == 0;
    byte[] rest = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
    if (framed) {
      CRC32C checksum = new CRC32C();
      checksum.update(rest);
      out.int32(rest.length).int32((int) checksum.getValue());
    }
    byte[] file = out.bytes(rest).toByteArray();
    Optional<Journal.Content> content =
        Decoding.of(file.length, WalletException.class, () -> Journal.read(file));
    content.ifPresent(
        whole -> {
          assertThat(whole.intactLength()).isLessThanOrEqualTo(file.length);
          if (framed && whole.intactLength() == file.length) {
            assertSameWhenWritten(
                Arrays.copyOfRange(file, Journal.header().length, file.length), whole.records());
          }
        });
  }

  /** A record in its former form becomes longer; then the records have to be the same. */
  private static void assertSameWhenWritten(byte[] frame, List<WalletRecord> records) {
    byte[] written = Journal.frame(records);
    if (Arrays.equals(frame, written)) {
      return;
    }
    assertThat(written.length).isGreaterThan(frame.length);
    assertThat(records).anyMatch(WalletRecord.TxAdded.class::isInstance);
    byte[] file = new ByteWriter().bytes(Journal.header()).bytes(written).toByteArray();
    try {
      // Not the records themselves: two vaults are never equal.
      assertThat(Journal.frame(Journal.read(file).records())).isEqualTo(written);
    } catch (WalletException e) {
      throw new AssertionError("what was written cannot be read", e);
    }
  }
}
