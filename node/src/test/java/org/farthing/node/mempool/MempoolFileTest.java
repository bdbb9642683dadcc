package org.farthing.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.Test;

class MempoolFileTest {
  /** The transaction of Bitcoin's first block; any other would do. */
  private static final String FIRST =
      "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff"
          + "001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e2062"
          + "72696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01"
          + "000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f"
          + "4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";

  private static final Txid ONE = Txid.of(bytes(1));
  private static final Txid TWO = Txid.of(bytes(2));

  private static byte[] bytes(int value) {
    byte[] result = new byte[Txid.SIZE];
    Arrays.fill(result, (byte) value);
    return result;
  }

  private static MempoolFile file() throws DecodeException {
    Transaction transaction = Transaction.decode(Hex.constant(FIRST));
    return new MempoolFile(
        List.of(new MempoolFile.Waiting(transaction, 0x0102030405L, -2)),
        Map.of(ONE, 3L),
        Set.of(TWO));
  }

  private static byte[] write(Optional<byte[]> key) throws DecodeException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file().write(out, key);
    return out.toByteArray();
  }

  /** Bytes in the order in which Bitcoin Core writes and reads them. */
  @Test
  void versionOneStandsInTheClear() throws Exception {
    assertThat(write(Optional.empty()))
        .isEqualTo(
            Hex.constant(
                "0100000000000000" // version
                    + "0100000000000000" // transactions
                    + FIRST
                    + "0504030201000000" // when it came
                    + "feffffffffffffff" // what is added to its fee
                    + "01"
                    + "01".repeat(Txid.SIZE)
                    + "0300000000000000"
                    + "01"
                    + "02".repeat(Txid.SIZE)));
  }

  @Test
  void versionTwoIsMixedWithItsKeyByThePlaceInTheFile() throws Exception {
    byte[] key = Hex.constant("1122334455667788");
    byte[] plain = write(Optional.empty());
    byte[] mixed = write(Optional.of(key));
    assertThat(Arrays.copyOf(mixed, 17))
        .isEqualTo(Hex.constant("0200000000000000081122334455667788"));
    byte[] rest = Arrays.copyOfRange(mixed, 17, mixed.length);
    for (int i = 0; i < rest.length; i++) {
      rest[i] ^= key[(17 + i) % key.length];
    }
    assertThat(rest).isEqualTo(Arrays.copyOfRange(plain, 8, plain.length));
  }

  @Test
  void bothAreReadAsTheyWereWritten() throws Exception {
    assertThat(MempoolFile.decode(write(Optional.empty()))).isEqualTo(file());
    assertThat(MempoolFile.decode(write(Optional.of(bytes(7, 8))))).isEqualTo(file());
  }

  private static byte[] bytes(int value, int length) {
    return Arrays.copyOf(bytes(value), length);
  }

  @Test
  void whatIsCutOffIsRefused() throws Exception {
    byte[] whole = write(Optional.of(bytes(9, 8)));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> MempoolFile.decode(part));
    }
  }

  @Test
  void otherVersionsAreRefused() {
    assertThatExceptionOfType(DecodeException.class)
        .isThrownBy(() -> MempoolFile.decode(Hex.constant("0300000000000000" + "00".repeat(20))))
        .withMessageContaining("version 3");
  }
}
