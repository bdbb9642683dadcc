package org.farthing.wallet.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.primitives.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts packed into arrays, and the table of their places, against lists and maps of objects. */
class ScriptTableTest {
  private static Set<Long> places(ScriptTable table, int hash) {
    Set<Long> found = new HashSet<>();
    for (int slot = table.first(hash); slot >= 0; slot = table.next(slot)) {
      assertThat(found.add(table.place(slot))).isTrue();
    }
    return found;
  }

  /** Few different hash codes stand in each other's way, many fill the table. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 300, Integer.MAX_VALUE})
  void theTableHasWhatAMapHas(int hashes) {
    Random random = new Random(hashes);
    ScriptTable table = new ScriptTable();
    Map<Integer, Set<Long>> plain = new HashMap<>();
    int size = 0;
    for (int i = 0; i < 2000; i++) {
      int hash = random.nextInt(hashes) - hashes / 2;
      long place = random.nextInt(1500);
      table.add(hash, place);
      // One code stands for a free slot: what has it is found under another one.
      Set<Long> places = plain.computeIfAbsent(hash == 0 ? 1 : hash, key -> new HashSet<>());
      size += places.add(place) ? 1 : 0;
      assertThat(table.size()).isEqualTo(size);
    }
    plain.forEach((hash, places) -> assertThat(places(table, hash)).isEqualTo(places));
    assertThat(places(table, 0)).isEqualTo(places(table, 1));
    for (int i = 0; i < 1000; i++) {
      int hash = random.nextInt();
      if (hash != 0 && !plain.containsKey(hash)) {
        assertThat(places(table, hash)).isEmpty();
      }
    }
  }

  private static Script script(Random random) {
    byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(300) : 22];
    random.nextBytes(bytes);
    return Script.of(bytes);
  }

  @Test
  void packedScriptsAreThoseThatWerePutIn() throws Exception {
    Random random = new Random(1);
    List<Script> plain = new ArrayList<>();
    ScriptList list = new ScriptList();
    for (int i = 0; i < 500; i++) {
      if (random.nextInt(10) == 0) {
        List<Script> more = new ArrayList<>();
        for (int j = random.nextInt(20); j >= 0; j--) {
          more.add(script(random));
        }
        int from = random.nextInt(more.size() + 1);
        int to = from + random.nextInt(more.size() - from + 1);
        list.addAll(PackedScripts.of(more), from, to);
        plain.addAll(more.subList(from, to));
      } else {
        Script script = script(random);
        list.add(script);
        plain.add(script);
      }
    }
    assertThat(list.size()).isEqualTo(plain.size());
    for (int i = 0; i < plain.size(); i++) {
      assertThat(list.get(i)).isEqualTo(plain.get(i));
      assertThat(list.hashOf(i)).isEqualTo(plain.get(i).hashCode());
      assertThat(list.isAt(i, plain.get(i))).isTrue();
      assertThat(list.isAt(i, script(random))).isFalse();
    }
    PackedScripts slice = list.slice(100, 300);
    assertThat(slice).isEqualTo(PackedScripts.of(plain.subList(100, 300)));
    ByteWriter out = new ByteWriter();
    slice.writeTo(out);
    ByteReader in = new ByteReader(out.toByteArray());
    assertThat(PackedScripts.read(in)).isEqualTo(slice);
    in.expectEnd();
    list.clear();
    assertThat(list.size()).isZero();
  }

  /** The same hash code, and other bytes: "Aa" and "BB" have it as texts, and as scripts. */
  @Test
  void scriptsOfOneHashCodeAreToldApart() {
    Script one = Script.of(new byte[] {'A', 'a'});
    Script other = Script.of(new byte[] {'B', 'B'});
    assertThat(one).hasSameHashCodeAs(other);
    ScriptList list = new ScriptList();
    List.of(one, other).forEach(list::add);
    assertThat(list.isAt(0, one)).isTrue();
    assertThat(list.isAt(0, other)).isFalse();
    assertThat(list.isAt(1, other)).isTrue();
  }
}
