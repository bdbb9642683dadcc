package org.farthing.consensus.chain;

import java.security.MessageDigest;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.MuHash;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.CoinSetHash;

/** How a set of coins is hashed. */
public enum CoinSetHashType {
  /** Not at all. */
  NONE {
    @Override
    Hasher start() {
      return new Hasher() {
        @Override
        public void add(byte[] coin) {}

        @Override
        public Optional<CoinSetHash> end() {
          return Optional.empty();
        }
      };
    }
  },

  /** {@link MuHash}: the order of the coins does not matter. */
  MUHASH {
    @Override
    Hasher start() {
      MuHash set = new MuHash();
      return new Hasher() {
        @Override
        public void add(byte[] coin) {
          set.insert(coin);
        }

        @Override
        public Optional<CoinSetHash> end() {
          return Optional.of(CoinSetHash.of(set.digest()));
        }
      };
    }
  },

  /**
   * SHA-256 twice over all coins in their order: what Bitcoin Core calls {@code hash_serialized_3},
   * and by which it knows the snapshots that it may start from.
   */
  HASH_SERIALIZED_3 {
    @Override
    Hasher start() {
      MessageDigest digest = Sha256.newDigest();
      return new Hasher() {
        @Override
        public void add(byte[] coin) {
          digest.update(coin);
        }

        @Override
        public Optional<CoinSetHash> end() {
          return Optional.of(CoinSetHash.of(Sha256.finishDouble(digest)));
        }
      };
    }
  };

  abstract Hasher start();

  /** Takes in one coin after the other. */
  interface Hasher {
    /**
     * @param coin as {@link #bytes} writes it
     */
    void add(byte[] coin);

    Optional<CoinSetHash> end();
  }

  /**
   * A coin as both hashes see it: outpoint (36 bytes), twice its height plus one for a coinbase (4
   * bytes, little-endian), output as it travels.
   */
  public static byte[] bytes(UnspentOutput unspent) {
    Coin coin = unspent.coin();
    ByteWriter out = new ByteWriter();
    unspent.outPoint().writeTo(out);
    out.int32(2 * coin.height() + (coin.coinbase() ? 1 : 0));
    coin.output().writeTo(out);
    return out.toByteArray();
  }
}
