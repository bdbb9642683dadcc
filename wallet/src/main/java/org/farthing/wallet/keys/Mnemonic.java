package org.farthing.wallet.keys;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.farthing.consensus.crypto.Pbkdf2;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * Recovery words (BIP-0039, English): 128 to 256 bits of entropy and a checksum, eleven bits in
 * each word. Whoever has the words has the coins.
 */
public final class Mnemonic {
  private static final int BITS_PER_WORD = 11;
  private static final int ITERATIONS = 2048;
  private static final int SEED_SIZE = 64;

  private final List<String> words;

  private Mnemonic(List<String> words) {
    this.words = List.copyOf(words);
  }

  /**
   * New words from the system's randomness.
   *
   * @param wordCount 12, 15, 18, 21 or 24
   */
  public static Mnemonic generate(int wordCount, SecureRandom random) throws WalletException {
    requireCount(wordCount);
    byte[] entropy = new byte[wordCount * BITS_PER_WORD * 32 / 33 / Byte.SIZE];
    random.nextBytes(entropy);
    try {
      return ofEntropy(entropy);
    } finally {
      Arrays.fill(entropy, (byte) 0);
    }
  }

  /**
   * The words for given entropy.
   *
   * @param entropy 16, 20, 24, 28 or 32 bytes
   */
  public static Mnemonic ofEntropy(byte[] entropy) {
    if (entropy.length < 16 || entropy.length > 32 || entropy.length % 4 != 0) {
      throw new IllegalArgumentException("entropy of 16 to 32 bytes, not " + entropy.length);
    }
    int checksum = Sha256.hash(entropy)[0] & 0xff;
    int checksumBits = entropy.length / 4;
    List<String> words = new ArrayList<>();
    int accumulator = 0;
    int bits = 0;
    for (byte b : entropy) {
      accumulator = (accumulator << Byte.SIZE) | (b & 0xff);
      bits += Byte.SIZE;
      if (bits >= BITS_PER_WORD) {
        bits -= BITS_PER_WORD;
        words.add(WordList.english().word(accumulator >>> bits));
        accumulator &= (1 << bits) - 1;
      }
    }
    int last = (accumulator << checksumBits) | (checksum >>> (Byte.SIZE - checksumBits));
    words.add(WordList.english().word(last));
    return new Mnemonic(words);
  }

  /**
   * Reads words with any space between them, in any case.
   *
   * @throws WalletException INVALID_WORDS for a wrong count, an unknown word (with the nearest one
   *     as a suggestion) or a wrong checksum
   */
  public static Mnemonic parse(String text) throws WalletException {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFKD).strip();
    List<String> words =
        normal.isEmpty() ? List.of() : List.of(normal.toLowerCase(Locale.ROOT).split("\\s+"));
    requireCount(words.size());
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (WordList.english().index(word) < 0) {
        throw invalid(
            "word "
                + (i + 1)
                + " is not a recovery word; did you mean '"
                + WordList.english().nearest(word.substring(0, Math.min(16, word.length())))
                + "'?");
      }
    }
    Mnemonic mnemonic = new Mnemonic(words);
    byte[] entropy = mnemonic.entropy();
    boolean fits = ofEntropy(entropy).words.equals(words);
    Arrays.fill(entropy, (byte) 0);
    if (!fits) {
      throw invalid(
          "the recovery words don't fit together (checksum): one of them is wrong or in the wrong"
              + " place");
    }
    return mnemonic;
  }

  private static void requireCount(int count) throws WalletException {
    if (count < 12 || count > 24 || count % 3 != 0) {
      throw invalid("recovery words are 12, 15, 18, 21 or 24, not " + count);
    }
  }

  /** From the first to the last. */
  public List<String> words() {
    return words;
  }

  /** The entropy that the words stand for: 16 to 32 bytes, to be wiped by the caller. */
  public byte[] entropy() {
    byte[] entropy = new byte[words.size() * BITS_PER_WORD * 32 / 33 / Byte.SIZE];
    int accumulator = 0;
    int bits = 0;
    int at = 0;
    for (String word : words) {
      accumulator = (accumulator << BITS_PER_WORD) | WordList.english().index(word);
      bits += BITS_PER_WORD;
      while (bits >= Byte.SIZE && at < entropy.length) {
        bits -= Byte.SIZE;
        entropy[at++] = (byte) (accumulator >>> bits);
        accumulator &= (1 << bits) - 1;
      }
    }
    return entropy;
  }

  /**
   * The seed of the key tree (BIP-0032): 64 bytes, to be wiped by the caller.
   *
   * @param passphrase a further secret; empty for none. Any passphrase gives some wallet.
   */
  public byte[] toSeed(String passphrase) {
    byte[] password = String.join(" ", words).getBytes(StandardCharsets.UTF_8);
    byte[] salt =
        ("mnemonic" + Normalizer.normalize(passphrase, Normalizer.Form.NFKD))
            .getBytes(StandardCharsets.UTF_8);
    try {
      return Pbkdf2.hmacSha512(password, salt, ITERATIONS, SEED_SIZE);
    } finally {
      Arrays.fill(password, (byte) 0);
      Arrays.fill(salt, (byte) 0);
    }
  }

  private static WalletException invalid(String message) {
    return new WalletException(WalletError.INVALID_WORDS, message);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mnemonic that && words.equals(that.words);
  }

  @Override
  public int hashCode() {
    return words.hashCode();
  }

  /** How many words, never which. */
  @Override
  public String toString() {
    return words.size() + " recovery words";
  }
}
