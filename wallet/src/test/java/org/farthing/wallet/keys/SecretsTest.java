package org.farthing.wallet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.Test;

class SecretsTest {
  private static final byte[] SEED = new byte[64];
  private static final ExtendedKey MASTER = ExtendedKey.ofSeed(SEED);
  private static final ExtendedKey OTHER = ExtendedKey.ofSeed(new byte[32]).child(5);

  private static PrivateKey key(int number, boolean compressed) {
    return new PrivateKey(TestKey.number(number).privateKey(), compressed);
  }

  private static Secrets all() {
    return Secrets.of(List.of(OTHER), List.of(key(1, true), key(1, false)))
        .with(Secrets.ofSeed(SEED));
  }

  @Test
  void aSeedAloneIsWrittenAsItIs() throws DecodeException {
    assertThat(Secrets.ofSeed(SEED).encode()).isEqualTo(SEED);
    assertThat(Secrets.decode(SEED).master().orElseThrow()).isEqualTo(MASTER);
  }

  @Test
  void allKindsComeBack() throws DecodeException {
    byte[] encoded = all().encode();
    Secrets read = Secrets.decode(encoded);
    assertThat(read.encode()).isEqualTo(encoded);
    assertThat(read).hasToString("4 secrets");
    assertThat(read.master()).contains(MASTER);
    assertThat(read.extendedKey(OTHER.toPublic()).orElseThrow().privateKey())
        .isEqualTo(OTHER.privateKey());
    assertThat(read.extendedKey(MASTER.toPublic())).isPresent();
    assertThat(read.root(OTHER.fingerprint())).contains(OTHER);
    for (boolean compressed : new boolean[] {true, false}) {
      PrivateKey key = key(1, compressed);
      assertThat(read.privateKey(key.publicKey())).contains(key);
    }
    assertThat(read.privateKey(key(2, true).publicKey())).isEmpty();
    assertThat(Secrets.decode(Secrets.none().encode()).isEmpty()).isTrue();
  }

  @Test
  void eachIsKeptOnce() {
    assertThat(all().with(Secrets.of(List.of(OTHER), List.of(key(1, true)))))
        .hasToString("4 secrets");
    assertThatThrownBy(() -> all().with(Secrets.ofSeed(SEED)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingElseIsRead() {
    byte[] encoded = all().encode();
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      if (length != SEED.length) {
        assertThatThrownBy(() -> Secrets.decode(cut)).isInstanceOf(DecodeException.class);
      }
    }
    byte[] other = encoded.clone();
    other[0] = 2;
    assertThatThrownBy(() -> Secrets.decode(other)).hasMessageContaining("unknown format");
    other[0] = 1;
    other[2] = 9;
    assertThatThrownBy(() -> Secrets.decode(other)).hasMessageContaining("unknown kind");
  }

  @Test
  void nothingIsLeftOfThem() {
    Secrets secrets = all();
    secrets.wipe();
    assertThat(secrets.master().orElseThrow().privateKey()).containsOnly(0);
    byte[] encoded = secrets.encode();
    int nonZero = 0;
    for (byte each : encoded) {
      nonZero += each == 0 ? 0 : 1;
    }
    // Format, count, kinds, whether compressed; depth, parent, number and chain code of the one
    // key.
    assertThat(nonZero).isLessThan(50);
  }
}
