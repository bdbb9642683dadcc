package org.farthing.wallet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.testing.TestKey;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.junit.jupiter.api.Test;

class KeyringTest {
  private static final Scrypt.Cost CHEAP = new Scrypt.Cost(4, 8, 1);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] SECRET =
      Hex.constant(
          "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
              + "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f");
  private static final ExtendedKey MASTER = ExtendedKey.ofSeed(SECRET);

  private static KeyVault vault() throws WalletException {
    return KeyVault.encrypt(SECRET, fresh("correct horse"), RANDOM);
  }

  private static VaultKey fresh(String passphrase) throws WalletException {
    return VaultKey.fresh(passphrase.toCharArray(), CHEAP, RANDOM);
  }

  private static byte[] open(KeyVault vault, String passphrase) throws WalletException {
    return vault.open(vault.key(passphrase.toCharArray()));
  }

  private static void unlock(Keyring keyring, String passphrase, long untilSeconds)
      throws WalletException {
    keyring.unlock(keyring.vault().key(passphrase.toCharArray()), untilSeconds);
  }

  private static byte[] bytes(KeyVault vault) {
    ByteWriter out = new ByteWriter();
    vault.writeTo(out);
    return out.toByteArray();
  }

  @Test
  void theRightPassphraseOpensAStoredVault() throws Exception {
    KeyVault read = KeyVault.read(new ByteReader(bytes(vault())));
    assertThat(open(read, "correct horse")).isEqualTo(SECRET);
    assertThat(read.isEncrypted()).isTrue();
  }

  @Test
  void theSecretIsNowhereInAnEncryptedVault() throws WalletException {
    assertThat(Hex.encode(bytes(vault()))).doesNotContain(Hex.encode(SECRET).substring(0, 16));
    assertThat(bytes(vault())).isNotEqualTo(bytes(vault()));
  }

  @Test
  void anyBitFlippedIsNoticed() throws WalletException {
    byte[] stored = bytes(vault());
    for (int bit = 0; bit < stored.length * 8; bit++) {
      byte[] damaged = stored.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      // A flipped bit of the cost may ask for much work: those are refused or left out here.
      if (bit / 8 >= 1 && bit / 8 <= 3) {
        continue;
      }
      assertThatThrownBy(() -> openWhole(damaged))
          .isInstanceOfAny(WalletException.class, DecodeException.class);
    }
  }

  private static byte[] openWhole(byte[] stored) throws DecodeException, WalletException {
    ByteReader in = new ByteReader(stored);
    KeyVault vault = KeyVault.read(in);
    in.expectEnd();
    return open(vault, "correct horse");
  }

  @Test
  void aWrongPassphraseIsTold() throws WalletException {
    Keyring keyring = Keyring.of(vault());
    assertFails(() -> unlock(keyring, "wrong", 100), WalletError.WRONG_PASSPHRASE);
    assertThat(keyring.isLocked(0)).isTrue();
  }

  @Test
  void anEmptyPassphraseIsRefused() {
    assertFails(() -> fresh(""), WalletError.INVALID_REQUEST);
  }

  @Test
  void itLocksItselfWhenTheTimeHasCome() throws WalletException {
    Keyring keyring = Keyring.of(vault());
    assertFails(() -> keyring.use(0, secrets -> secrets), WalletError.LOCKED);
    unlock(keyring, "correct horse", 100);
    assertThat(keyring.lockAtSeconds(99)).isEqualTo(100);
    assertThat(keyring.<ExtendedKey>use(99, KeyringTest::publicRoot)).isEqualTo(MASTER.toPublic());
    assertThat(keyring.isLocked(100)).isFalse();
    assertFails(() -> keyring.use(101, secrets -> secrets), WalletError.LOCKED);
    assertThat(keyring.lockAtSeconds(99)).isZero();
  }

  /** HMAC fills its key up with zeros: a passphrase must not be the same with some behind it. */
  @Test
  void zerosBehindAPassphraseCount() throws WalletException {
    Keyring keyring = Keyring.of(vault());
    for (String wrong : List.of("correct horse\0", "correct horse\0\0", "correct horse\u0001")) {
      assertFails(() -> unlock(keyring, wrong, 100), WalletError.WRONG_PASSPHRASE);
    }
  }

  @Test
  void theSecretsAreWipedAfterUse() throws WalletException {
    Keyring keyring = Keyring.of(KeyVault.unencrypted(SECRET));
    PrivateKey imported = key(7);
    keyring.add(0, Secrets.of(List.of(), List.of(imported)), RANDOM);
    Secrets kept = keyring.use(0, secrets -> secrets);
    assertThat(kept.master().orElseThrow().privateKey()).containsOnly(0);
    assertThat(Hex.encode(kept.encode()))
        .doesNotContain(Hex.encode(SECRET), Hex.encode(key(7).secret()));
    assertThat(keyring.<byte[]>use(0, KeyringTest::root)).isEqualTo(MASTER.privateKey());
  }

  private static byte[] root(Secrets secrets) {
    return secrets.master().orElseThrow().privateKey();
  }

  private static ExtendedKey publicRoot(Secrets secrets) {
    return secrets.master().orElseThrow().toPublic();
  }

  private static PrivateKey key(int number) {
    return new PrivateKey(TestKey.number(number).privateKey(), true);
  }

  @Test
  void secretsAreAddedUnderTheSamePassphrase() throws WalletException {
    Keyring keyring = Keyring.of(vault());
    ExtendedKey extended = ExtendedKey.ofSeed(new byte[32]).child(5);
    Secrets more = Secrets.of(List.of(extended), List.of(key(1), key(2), key(1)));
    assertFails(() -> keyring.add(0, more, RANDOM), WalletError.LOCKED);
    unlock(keyring, "correct horse", 100);
    KeyVault changed = keyring.add(0, more, RANDOM);
    assertThat(bytes(changed)).isNotEqualTo(bytes(vault()));
    for (Keyring any : List.of(keyring, Keyring.of(changed))) {
      unlock(any, "correct horse", 100);
      assertThat(any.<byte[]>use(0, KeyringTest::root)).isEqualTo(MASTER.privateKey());
      assertThat(
              any.<Boolean>use(
                  0,
                  secrets ->
                      secrets.extendedKey(extended.toPublic()).isPresent()
                          && secrets.privateKey(key(2).publicKey()).isPresent()
                          && secrets.privateKey(key(3).publicKey()).isEmpty()))
          .isTrue();
    }
  }

  @Test
  void thePassphraseCanBeChanged() throws WalletException {
    Keyring keyring = Keyring.of(vault());
    VaultKey replacement = fresh("battery staple");
    VaultKey wrong = keyring.vault().key("wrong".toCharArray());
    assertFails(
        () -> keyring.changePassphrase(wrong, replacement, RANDOM), WalletError.WRONG_PASSPHRASE);
    VaultKey right = keyring.vault().key("correct horse".toCharArray());
    KeyVault changed = keyring.changePassphrase(right, replacement, RANDOM);
    assertThat(open(changed, "battery staple")).isEqualTo(SECRET);
    assertFails(() -> open(changed, "correct horse"), WalletError.WRONG_PASSPHRASE);
    // Made while the vault was another one.
    assertFails(() -> keyring.unlock(right, 100), WalletError.WRONG_PASSPHRASE);
  }

  @Test
  void aVaultInClearCanBeEncryptedButNotUnlocked() throws WalletException {
    Keyring keyring = Keyring.of(KeyVault.unencrypted(SECRET));
    assertThat(keyring.isLocked(0)).isFalse();
    assertFails(() -> unlock(keyring, "any", 1), WalletError.WRONG_ENCRYPTION_STATE);
    VaultKey first = fresh("new");
    assertFails(() -> keyring.unlock(first, 1), WalletError.WRONG_ENCRYPTION_STATE);
    keyring.encrypt(first, Secrets.none(), RANDOM);
    assertThat(keyring.isLocked(0)).isTrue();
    assertFails(
        () -> keyring.encrypt(fresh("other"), Secrets.none(), RANDOM),
        WalletError.WRONG_ENCRYPTION_STATE);
  }

  @Test
  void nothingSecretInTexts() throws WalletException {
    Keyring keyring = Keyring.of(vault());
    unlock(keyring, "correct horse", 1);
    assertThat(keyring).hasToString("encrypted vault, unlocked");
    assertThat(KeyVault.unencrypted(SECRET)).hasToString("unencrypted vault");
  }

  @Test
  void unicodePassphrasesWork() throws WalletException {
    String passphrase = "pässwörd \uD83D\uDD11";
    KeyVault vault = KeyVault.encrypt(SECRET, fresh(passphrase), RANDOM);
    assertThat(open(vault, passphrase)).isEqualTo(SECRET);
  }

  @Test
  void aKeyOfAPassphraseIsWiped() throws WalletException {
    Keyring keyring = Keyring.of(vault());
    VaultKey key = keyring.vault().key("correct horse".toCharArray());
    keyring.unlock(key, 100);
    key.close();
    assertThat(key.bytes).containsOnly(0);
    // The keyring has its own copy.
    KeyVault changed = keyring.add(0, Secrets.of(List.of(), List.of(key(1))), RANDOM);
    assertThat(open(changed, "correct horse")).isNotEqualTo(SECRET);
  }

  private interface Action {
    void run() throws WalletException;
  }

  private static void assertFails(Action action, WalletError error) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(WalletException.class, e -> assertThat(e.error()).isEqualTo(error));
  }
}
