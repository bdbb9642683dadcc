package org.farthing.wallet.miniscript;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Script;

/** Which keys and preimages somebody has, and which locks are open. */
record Resources(
    TestScripts scripts,
    Set<String> keys,
    Map<ByteString, ByteString> preimages,
    boolean older,
    boolean after,
    List<ByteString> others) {
  private static final ByteString ONE = ByteString.of(new byte[] {1});

  /** Every combination of what an expression asks for. */
  static List<Resources> all(TestScripts scripts, Miniscript<String> miniscript) {
    String text = miniscript.toString();
    List<String> keys = miniscript.keys();
    Map<ByteString, ByteString> preimages = new HashMap<>();
    for (int i = 0; i < 8; i++) {
      ByteString preimage = SmallExpressions.preimage(i);
      ByteString hash = ByteString.of(Sha256.hash(preimage.toByteArray()));
      if (text.contains(hash.toString())) {
        preimages.put(hash, preimage);
      }
    }
    List<ByteString> hashes = List.copyOf(preimages.keySet());
    int conditions = keys.size() + hashes.size() + 2;
    List<Resources> all = new ArrayList<>();
    for (int bits = 0; bits < 1 << conditions; bits++) {
      int chosen = bits;
      boolean older = (chosen & 1) != 0;
      boolean after = (chosen & 2) != 0;
      if ((older && !text.contains("older")) || (after && !text.contains("after"))) {
        continue;
      }
      Set<String> own =
          IntStream.range(0, keys.size())
              .filter(i -> (chosen & (4 << i)) != 0)
              .mapToObj(keys::get)
              .collect(Collectors.toSet());
      Map<ByteString, ByteString> known = new HashMap<>();
      for (int i = 0; i < hashes.size(); i++) {
        if ((chosen & (4 << (keys.size() + i))) != 0) {
          known.put(hashes.get(i), preimages.get(hashes.get(i)));
        }
      }
      all.add(new Resources(scripts, own, known, older, after, others(scripts, miniscript)));
    }
    return all;
  }

  /** What anybody could put into a witness. */
  private static List<ByteString> others(TestScripts scripts, Miniscript<String> miniscript) {
    List<ByteString> others = new ArrayList<>(List.of(ByteString.EMPTY, ONE));
    String text = miniscript.toString();
    if (text.contains("sha256")) {
      byte[] other = new byte[32];
      other[31] = 7;
      others.add(ByteString.of(new byte[32]));
      others.add(ByteString.of(other));
    }
    if (text.contains("pkh") || text.contains("pk_h")) {
      miniscript.keys().forEach(key -> others.add(ByteString.of(scripts.keyBytes(key))));
    }
    return others;
  }

  Bound spending(Script script) {
    return new Bound(this, new TrialSpend(scripts.context(), script, older, after));
  }

  @Override
  public String toString() {
    return "keys %s, %d preimages, older %s, after %s"
        .formatted(keys, preimages.size(), older, after);
  }

  /** The same for one script. */
  record Bound(Resources resources, TrialSpend spend) implements SatisfactionSource<String> {
    @Override
    public ByteString publicKey(String key) {
      return ByteString.of(resources.scripts.keyBytes(key));
    }

    @Override
    public Optional<ByteString> signature(String key) {
      return resources.keys.contains(key)
          ? Optional.of(spend.signature(TestScripts.key(key)))
          : Optional.empty();
    }

    @Override
    public Optional<ByteString> preimage(HashType type, ByteString hash) {
      return Optional.ofNullable(resources.preimages.get(hash));
    }

    @Override
    public boolean isOlder(int value) {
      return resources.older;
    }

    @Override
    public boolean isAfter(int value) {
      return resources.after;
    }

    private List<ByteString> signatures() {
      return resources.keys.stream().map(key -> signature(key).orElseThrow()).toList();
    }

    Set<ByteString> signaturesOf(List<ByteString> items) {
      Set<ByteString> found = new LinkedHashSet<>(signatures());
      found.retainAll(items);
      return found;
    }

    /** All witnesses of so many items that the interpreter accepts, if they are not too many. */
    Optional<List<List<ByteString>>> accepted(int most, int maxWitnesses) {
      List<ByteString> pool = new ArrayList<>(resources.others);
      pool.addAll(resources.preimages.values());
      pool.addAll(signatures());
      if (Math.pow(pool.size(), most) > maxWitnesses) {
        return Optional.empty();
      }
      List<List<ByteString>> accepted = new ArrayList<>();
      List<List<ByteString>> witnesses = List.of(List.of());
      for (int size = 0; size <= most; size++) {
        witnesses.stream().filter(spend::accepts).forEach(accepted::add);
        witnesses = longer(witnesses, pool);
      }
      return Optional.of(accepted);
    }

    private static List<List<ByteString>> longer(
        List<List<ByteString>> witnesses, List<ByteString> pool) {
      List<List<ByteString>> longer = new ArrayList<>();
      for (List<ByteString> witness : witnesses) {
        for (ByteString item : pool) {
          List<ByteString> more = new ArrayList<>(witness);
          more.add(item);
          longer.add(more);
        }
      }
      return longer;
    }
  }
}
