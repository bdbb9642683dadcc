package org.farthing.consensus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Musig2.Session;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nonces are made as BIP-0327 has it ("Nonce Generation"). The library is given a message of 32
 * bytes and no further input, so that its published vectors don't fit it: they judge the same in
 * plain Java, and that judges the library.
 */
class MusigNonceTest {
  private static final BigInteger ORDER =
      new BigInteger("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", 16);

  /**
   * What a nonce is made of.
   *
   * @param aggregate 32 bytes; empty if there is none yet
   * @param extra any length
   */
  private record Inputs(
      ByteString random,
      Optional<ByteString> privateKey,
      ByteString publicKey,
      ByteString aggregate,
      Optional<ByteString> message,
      ByteString extra) {}

  /** The public nonce, 66 bytes, and before it the two numbers, 32 bytes each. */
  private static byte[] nonce(Inputs in) {
    byte[] one = number(in, 0);
    byte[] two = number(in, 1);
    return new ByteWriter()
        .bytes(one)
        .bytes(two)
        .bytes(Secp256k1.publicKey(one))
        .bytes(Secp256k1.publicKey(two))
        .toByteArray();
  }

  private static byte[] number(Inputs in, int which) {
    byte[] random = in.random().toByteArray();
    if (in.privateKey().isPresent()) {
      byte[] mask = new TaggedHash("MuSig/aux").hash(random);
      for (int i = 0; i < random.length; i++) {
        random[i] = (byte) (in.privateKey().get().byteAt(i) ^ mask[i]);
      }
    }
    ByteWriter all = new ByteWriter().bytes(random).uint8(in.publicKey().size());
    in.publicKey().writeTo(all);
    all.uint8(in.aggregate().size());
    in.aggregate().writeTo(all);
    all.uint8(in.message().isPresent() ? 1 : 0);
    in.message().ifPresent(text -> text.writeTo(all.bytes(bigEndian(text.size(), 8))));
    all.bytes(bigEndian(in.extra().size(), 4));
    in.extra().writeTo(all);
    all.uint8(which);
    BigInteger number = new BigInteger(1, new TaggedHash("MuSig/nonce").hash(all)).mod(ORDER);
    return Hex.constant("%064x".formatted(number));
  }

  private static byte[] bigEndian(int value, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[size - 1 - i] = (byte) (value >>> (8 * i));
    }
    return bytes;
  }

  private static ByteString bytes(String hex) {
    return ByteString.of(Hex.constant(hex));
  }

  /** nonce_gen_vectors.json; a digit pair stands for as many bytes as there are in the vector. */
  @ParameterizedTest
  @CsvSource({
    "true, 01, 32, B114E502BEAA4E301DD08A50264172C84E41650E6CB726B410C0694D59EFFB64"
        + "95B5CAF28D045B973D63E3C99A44B807BDE375FD6CB39E46DC4A511708D0E9D2"
        + "02F7BE7089E8376EB355272368766B17E88E7DB72047D05E56AA881EA52B3B35DF"
        + "02C29C8046FDD0DED4C7E55869137200FBDBFE2EB654267B6D7013602CAED3115A",
    "true, 01, 0, E862B068500320088138468D47E0E6F147E01B6024244AE45EAC40ACE5929B9F"
        + "0789E051170B9E705D0B9EB49049A323BBBBB206D8E05C19F46C6228742AA7A9"
        + "023034FA5E2679F01EE66E12225882A7A48CC66719B1B9D3B6C4DBD743EFEDA2C5"
        + "03F3FD6F01EB3A8E9CB315D73F1F3D287CAFBB44AB321153C6287F407600205109",
    "true, 26, 38, 3221975ACBDEA6820EABF02A02B7F27D3A8EF68EE42787B88CBEFD9AA06AF363"
        + "2EE85B1A61D8EF31126D4663A00DD96E9D1D4959E72D70FE5EBB6E7696EBA66F"
        + "02E5BBC21C69270F59BD634FCBFA281BE9D76601295345112C58954625BF23793A"
        + "021307511C79F95D38ACACFF1B4DA98228B77E65AA216AD075E9673286EFB4EAF3",
    "false, , 0, 89BDD787D0284E5E4D5FC572E49E316BAB7E21E3B1830DE37DFE80156FA41A6D"
        + "0B17AE8D024C53679699A6FD7944D9C4A366B514BAF43088E0708B1023DD2897"
        + "02C96E7CB1E8AA5DAC64D872947914198F607D90ECDE5200DE52978AD5DED63C00"
        + "0299EC5117C2D29EDEE8A2092587C3909BE694D5CFF0667D6C02EA4059F7CD9786"
  })
  void theVectorsJudgeThePlainOne(boolean full, String digits, int size, String expected) {
    ByteString random = bytes("0F".repeat(32));
    Inputs in =
        full
            ? new Inputs(
                random,
                Optional.of(bytes("02".repeat(32))),
                bytes("024D4B6CD1361032CA9BD2AEB9D900AA4D45D9EAD80AC9423374C451A7254D0766"),
                bytes("07".repeat(32)),
                Optional.of(bytes(digits.repeat(size))),
                bytes("08".repeat(32)))
            : new Inputs(
                random,
                Optional.empty(),
                bytes("02F9308A019258C31049344F85F89D5229B531C845836F99B08601F113BCE036F9"),
                ByteString.EMPTY,
                Optional.empty(),
                ByteString.EMPTY);
    assertThat(nonce(in)).asHexString().isEqualTo(expected);
  }

  /** Random that is known. */
  private static final class Told extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final byte[] bytes;

    Told(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] wanted) {
      System.arraycopy(bytes, 0, wanted, 0, wanted.length);
    }
  }

  @RepeatedTest(10)
  void thePlainOneJudgesTheLibrary() {
    assumeTrue(Musig2.isAvailable());
    byte[] random = fresh();
    byte[] privateKey = fresh();
    byte[] message = fresh();
    byte[] publicKey = Secp256k1.publicKey(privateKey);
    List<byte[]> keys = List.of(publicKey, Secp256k1.publicKey(fresh()));
    byte[] aggregate = Musig2.aggregate(keys);
    Inputs in =
        new Inputs(
            ByteString.of(random),
            Optional.of(ByteString.of(privateKey)),
            ByteString.of(publicKey),
            ByteString.of(Arrays.copyOfRange(aggregate, 1, aggregate.length)),
            Optional.of(ByteString.of(message)),
            ByteString.EMPTY);
    byte[] expected = nonce(in);
    assertThat(
            new Session(keys, List.of(), message).nonce(privateKey, new Told(random)).publicNonce())
        .asHexString()
        .isEqualTo(
            Hex.encode(Arrays.copyOfRange(expected, 2 * Secp256k1.KEY_SIZE, expected.length))
                .toUpperCase(Locale.ROOT));
  }

  private static byte[] fresh() {
    byte[] bytes = new byte[Secp256k1.KEY_SIZE];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
