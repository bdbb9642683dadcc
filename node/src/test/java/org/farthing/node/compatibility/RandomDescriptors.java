package org.farthing.node.compatibility;

import java.util.HexFormat;
import java.util.Random;
import java.util.function.IntFunction;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.testing.TestKey;
import org.farthing.wallet.keys.ExtendedKey;

/** Random descriptors with miniscripts, most of them well typed, many of them safe to use. */
final class RandomDescriptors {
  private static final String EXTENDED =
      ExtendedKey.ofSeed(new byte[16]).toPublicString(ConsensusParams.regtest().network());

  private final Random random;
  private int keys;
  private boolean tapscript;

  RandomDescriptors(long seed) {
    this.random = new Random(seed);
  }

  String next() {
    keys = 0;
    tapscript = random.nextBoolean();
    if (tapscript) {
      return "tr(" + key() + "," + tree(2) + ")";
    }
    String script = "wsh(" + base(4) + ")";
    return random.nextInt(3) == 0 ? "sh(" + script + ")" : script;
  }

  private String tree(int depth) {
    return depth == 0 || random.nextBoolean()
        ? base(3)
        : "{" + tree(depth - 1) + "," + tree(depth - 1) + "}";
  }

  @SafeVarargs
  private String oneOf(int depth, IntFunction<String>... ways) {
    return ways[random.nextInt(ways.length)].apply(depth);
  }

  private String key() {
    keys++;
    return switch (random.nextInt(4)) {
      case 0 -> EXTENDED + "/" + keys + "/*";
      case 1 -> "[d34db33f/44/1]" + EXTENDED + "/7/" + keys + "/*";
      case 2 -> EXTENDED + "/" + keys;
      default -> {
        TestKey key = TestKey.number(keys);
        yield HexFormat.of().formatHex(tapscript ? key.xOnly() : key.publicKey());
      }
    };
  }

  private String hash(int bytes) {
    byte[] hash = new byte[bytes];
    random.nextBytes(hash);
    return HexFormat.of().formatHex(hash);
  }

  private String leaf() {
    return switch (random.nextInt(11)) {
      case 0, 1, 2 -> "pk(" + key() + ")";
      case 3, 4 -> "pkh(" + key() + ")";
      case 5 -> "older(" + (1 + random.nextInt(65_535)) + ")";
      case 6 -> "after(" + (1 + random.nextInt(499_999_999)) + ")";
      case 7 -> "sha256(" + hash(32) + ")";
      case 8 -> "hash160(" + hash(20) + ")";
      case 9 -> random.nextBoolean() ? "ripemd160(" + hash(20) + ")" : "hash256(" + hash(32) + ")";
      default -> multi();
    };
  }

  private String multi() {
    int count = 1 + random.nextInt(4);
    StringBuilder text = new StringBuilder(tapscript ? "multi_a(" : "multi(");
    text.append(1 + random.nextInt(count));
    for (int i = 0; i < count; i++) {
      text.append(',').append(key());
    }
    return text.append(')').toString();
  }

  /** An expression that is mostly of type B. */
  private String base(int depth) {
    if (depth == 0) {
      return leaf();
    }
    return oneOf(
        depth - 1,
        d -> leaf(),
        d -> "and_v(" + verify(d) + "," + base(d) + ")",
        d -> "and_v(" + verify(d) + "," + base(d) + ")",
        d -> "and_b(" + base(d) + "," + wrapped(d) + ")",
        d -> "or_b(" + signed(d) + "," + wrapped(d) + ")",
        d -> "or_d(" + signed(d) + "," + base(d) + ")",
        d -> "or_i(" + base(d) + "," + base(d) + ")",
        d -> "andor(" + signed(d) + "," + base(d) + "," + base(d) + ")",
        d -> "and_n(" + signed(d) + "," + base(d) + ")",
        d -> "t:or_c(" + signed(d) + "," + verify(d) + ")",
        d -> "c:or_i(pk_k(" + key() + "),pk_h(" + key() + "))",
        d -> "c:and_v(" + verify(d) + ",pk_k(" + key() + "))",
        this::threshold);
  }

  private String threshold(int depth) {
    int count = 1 + random.nextInt(3);
    StringBuilder text = new StringBuilder("thresh(").append(1 + random.nextInt(count));
    text.append(',').append(signed(depth));
    for (int i = 1; i < count; i++) {
      text.append(',').append(wrapped(depth));
    }
    return text.append(')').toString();
  }

  /** One that nobody can dissatisfy in two ways. */
  private String signed(int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0, 1 -> "pk(" + key() + ")";
      case 2 -> "pkh(" + key() + ")";
      case 3 -> multi();
      case 4 -> threshold(depth - 1);
      default -> base(depth - 1);
    };
  }

  private String wrapped(int depth) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> "s:pk(" + key() + ")";
      case 2 -> "a:" + signed(depth);
      case 3 -> "sln:after(" + (1 + random.nextInt(1000)) + ")";
      case 4 -> "snl:older(" + (1 + random.nextInt(1000)) + ")";
      default -> "aj:" + signed(0);
    };
  }

  private String verify(int depth) {
    String inner = base(depth);
    int colon = inner.matches("[a-z]+:.*") ? 0 : 1;
    return colon == 0 ? "v" + inner : "v:" + inner;
  }
}
