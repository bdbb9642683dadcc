package org.farthing.wallet.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.testing.Decoding;
import org.farthing.wallet.error.WalletException;

/** A wallet's file: what can be read is written as it was. */
class StoreFuzzTest {
  @FuzzTest
  void walletRecord(byte[] input) throws Exception {
    ByteReader in = new ByteReader(input);
    Decoding.of(input.length, DecodeException.class, () -> RecordCodec.read(in))
        .ifPresent(
            entry -> {
              ByteWriter out = new ByteWriter();
              RecordCodec.write(entry, out);
              assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(input, in.position()));
            });
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
            byte[] written = Journal.frame(whole.records());
            assertThat(Arrays.copyOfRange(file, Journal.header().length, file.length))
                .isEqualTo(written);
          }
        });
  }
}
