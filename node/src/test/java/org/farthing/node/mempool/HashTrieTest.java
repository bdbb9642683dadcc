package org.farthing.node.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Txid;
import org.junit.jupiter.api.Test;

class HashTrieTest {
  private static Txid txid(Random random, int differingByte) {
    byte[] bytes = new byte[32];
    bytes[differingByte] = (byte) random.nextInt(256);
    return Txid.of(bytes);
  }

  @Test
  void doesWhatAHashMapDoes() {
    Random random = new Random(1);
    Map<OutPoint, Integer> model = new HashMap<>();
    HashTrie<OutPoint, Integer> trie = HashTrie.byOutPoint();
    for (int i = 0; i < 5_000; i++) {
      // Keys that are equal but for one of their bytes or their index: paths of all lengths.
      OutPoint key = new OutPoint(txid(random, random.nextInt(32)), random.nextInt(3));
      if (random.nextInt(3) == 0) {
        model.remove(key);
        trie = trie.without(key);
      } else {
        model.put(key, i);
        trie = trie.with(key, i);
      }
      assertThat(trie.size()).isEqualTo(model.size());
      assertThat(trie.get(key)).isEqualTo(Optional.ofNullable(model.get(key)));
    }
    for (Map.Entry<OutPoint, Integer> entry : model.entrySet()) {
      assertThat(trie.get(entry.getKey())).contains(entry.getValue());
    }
    assertThat(trie.values()).containsExactlyInAnyOrderElementsOf(model.values());
  }

  @Test
  void manyChangesTogetherAreThoseChangesOneByOne() {
    Random random = new Random(3);
    HashTrie<OutPoint, Integer> trie = HashTrie.byOutPoint();
    Map<OutPoint, Integer> model = new HashMap<>();
    for (int round = 0; round < 200; round++) {
      HashTrie<OutPoint, Integer> before = trie;
      Map<OutPoint, Integer> old = Map.copyOf(model);
      HashTrie<OutPoint, Integer>.Changes changes = trie.changes();
      HashTrie<OutPoint, Integer> halfway = trie;
      Map<OutPoint, Integer> then = old;
      for (int i = 0; i < 60; i++) {
        OutPoint key = new OutPoint(txid(random, random.nextInt(32)), random.nextInt(3));
        if (random.nextBoolean()) {
          model.remove(key);
          changes.remove(key);
        } else {
          model.put(key, i);
          changes.put(key, i);
        }
        if (i == 30) {
          halfway = changes.done();
          then = Map.copyOf(model);
        }
      }
      trie = changes.done();
      assertSame(before, old);
      assertSame(halfway, then);
      assertSame(trie, model);
    }
  }

  private static void assertSame(HashTrie<OutPoint, Integer> trie, Map<OutPoint, Integer> model) {
    assertThat(trie.size()).isEqualTo(model.size());
    assertThat(trie.values()).containsExactlyInAnyOrderElementsOf(model.values());
    model.forEach((key, value) -> assertThat(trie.get(key)).contains(value));
  }

  @Test
  void anOldMapStaysAsItWas() {
    Random random = new Random(2);
    HashTrie<Txid, Integer> empty = HashTrie.byTxid();
    Txid key = txid(random, 0);
    HashTrie<Txid, Integer> one = empty.with(key, 1);
    HashTrie<Txid, Integer> changed = one.with(key, 2);

    assertThat(empty.contains(key)).isFalse();
    assertThat(one.get(key)).contains(1);
    assertThat(changed.get(key)).contains(2);
    assertThat(changed.size()).isEqualTo(1);
    assertThat(changed.without(key).size()).isZero();
    assertThat(one.without(txid(random, 31))).isSameAs(one);
  }
}
