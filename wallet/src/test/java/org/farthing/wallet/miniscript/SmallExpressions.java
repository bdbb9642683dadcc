package org.farthing.wallet.miniscript;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Sha256;

/**
 * All well typed expressions of up to so many fragments, where {@code pk} and {@code pkh} count as
 * one. Keys and hashes are different ones at each place.
 */
final class SmallExpressions {
  private static final String KEY = "@";
  private static final String HASH = "#";
  private static final List<Character> WRAPPERS = List.of('a', 's', 'c', 'd', 'v', 'j', 'n');

  private final TestScripts scripts;
  private final List<String> leaves;
  private final List<List<Typed>> bySize = new ArrayList<>();

  /** The text, with stand-ins for keys and hashes, and the type. */
  private record Typed(String text, Type type) {
    boolean isWrapped() {
      return text.matches("[a-z]+:.*");
    }

    String wrap(char letter) {
      return letter + (isWrapped() ? "" : ":") + text;
    }
  }

  SmallExpressions(TestScripts scripts, ScriptContext context) {
    this.scripts = scripts;
    String multi = context.isTapscript() ? "multi_a(" : "multi(";
    this.leaves =
        List.of(
            "0",
            "1",
            "pk_k(@)",
            "pk_h(@)",
            "pk(@)",
            "pkh(@)",
            "older(1)",
            "after(1)",
            "sha256(#)",
            multi + "1,@,@)",
            multi + "2,@,@)");
    bySize.add(List.of());
  }

  /** Those of exactly so many fragments that are a whole script. */
  List<Miniscript<String>> ofSize(int size) throws Exception {
    while (bySize.size() <= size) {
      bySize.add(next(bySize.size()));
    }
    List<Miniscript<String>> found = new ArrayList<>();
    for (Typed typed : bySize.get(size)) {
      if (typed.type().is(Type.Property.B)) {
        found.add(scripts.parse(named(typed.text())));
      }
    }
    return found;
  }

  private List<Typed> next(int size) throws Exception {
    Set<String> texts = new LinkedHashSet<>();
    if (size == 1) {
      texts.addAll(leaves);
    } else {
      wrapped(size, texts);
      pairs(size, texts);
      triples(size, texts);
    }
    List<Typed> valid = new ArrayList<>();
    for (String text : texts) {
      Type type = scripts.parse(named(text)).expression().type();
      if (type.isValid()) {
        valid.add(new Typed(text, type));
      }
    }
    return valid;
  }

  private void wrapped(int size, Set<String> texts) {
    for (Typed x : bySize.get(size - 1)) {
      for (char letter : WRAPPERS) {
        boolean isShort = letter == 'c' && x.text().matches("pk_[kh]\\(.*");
        boolean twice = letter == 'v' && x.text().startsWith("v");
        if (!isShort && !twice) {
          texts.add(x.wrap(letter));
        }
      }
    }
  }

  private void pairs(int size, Set<String> texts) {
    for (int left = 1; left < size - 1; left++) {
      for (Typed x : bySize.get(left)) {
        for (Typed y : bySize.get(size - 1 - left)) {
          for (String name : List.of("and_v", "and_b", "or_b", "or_c", "or_d", "or_i")) {
            texts.add(name + "(" + x.text() + "," + y.text() + ")");
          }
          texts.add("thresh(1," + x.text() + "," + y.text() + ")");
          texts.add("thresh(2," + x.text() + "," + y.text() + ")");
        }
      }
    }
  }

  private void triples(int size, Set<String> texts) {
    for (int first = 1; first < size - 2; first++) {
      for (int second = 1; second < size - 1 - first; second++) {
        for (Typed x : bySize.get(first)) {
          for (Typed y : bySize.get(second)) {
            for (Typed z : bySize.get(size - 1 - first - second)) {
              texts.add("andor(" + x.text() + "," + y.text() + "," + z.text() + ")");
              if (x.type().is(Type.Property.D)) {
                texts.add("thresh(2," + x.text() + "," + y.text() + "," + z.text() + ")");
              }
            }
          }
        }
      }
    }
  }

  /** The text with a key or a hash of its own at each place. */
  private static String named(String text) {
    StringBuilder named = new StringBuilder();
    int keys = 0;
    int hashes = 0;
    for (int i = 0; i < text.length(); i++) {
      String c = text.substring(i, i + 1);
      if (c.equals(KEY)) {
        named.append(TestScripts.NAMES.charAt(keys++));
      } else if (c.equals(HASH)) {
        named.append(ByteString.of(Sha256.hash(preimage(hashes++).toByteArray())));
      } else {
        named.append(c);
      }
    }
    return named.toString();
  }

  /** What hashes to one of the hashes: 32 bytes. */
  static ByteString preimage(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) (number + 100);
    return ByteString.of(bytes);
  }
}
