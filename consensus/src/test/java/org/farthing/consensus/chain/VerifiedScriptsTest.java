package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.consensus.script.ScriptFlags;
import org.junit.jupiter.api.Test;

class VerifiedScriptsTest {
  private static final int MANY = 600_000;

  private final VerifiedScripts verified = new VerifiedScripts(8 << 20, Owner.UNCHECKED);
  private final Random random = new Random(1);

  private Wtxid some() throws DecodeException {
    byte[] bytes = new byte[Wtxid.SIZE];
    random.nextBytes(bytes);
    return Wtxid.read(new ByteReader(bytes));
  }

  @Test
  void otherRulesAreAnotherMatter() throws DecodeException {
    Wtxid wtxid = some();
    assertThat(verified.contains(wtxid, ScriptFlags.STANDARD)).isFalse();
    verified.add(wtxid, ScriptFlags.STANDARD);
    assertThat(verified.contains(wtxid, ScriptFlags.STANDARD)).isTrue();
    assertThat(verified.contains(wtxid, ScriptFlags.MANDATORY)).isFalse();
    assertThat(verified.contains(some(), ScriptFlags.STANDARD)).isFalse();
  }

  @Test
  void blocksWorthOfTransactionsAreRemembered() throws DecodeException {
    List<Wtxid> added = new ArrayList<>();
    for (int i = 0; i < 16_000; i++) {
      added.add(some());
      verified.add(added.get(i), ScriptFlags.STANDARD);
      verified.add(added.get(i), ScriptFlags.MANDATORY);
    }
    long known =
        added.stream()
            .filter(each -> verified.contains(each, ScriptFlags.STANDARD))
            .filter(each -> verified.contains(each, ScriptFlags.MANDATORY))
            .count();
    assertThat(known).isGreaterThan(15_990);
  }

  @Test
  void ofManyTheLastAreRememberedMostly() throws DecodeException {
    List<Wtxid> added = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      added.add(some());
      verified.add(added.get(i), ScriptFlags.MANDATORY);
    }
    assertThat(known(added.subList(MANY - 10_000, MANY))).isGreaterThan(9_000);
    assertThat(known(added)).isLessThan(1 << 18 | 1);
  }

  @Test
  void lessMemoryRemembersLess() throws DecodeException {
    for (int entries : new int[] {16, 64, 1 << 12}) {
      VerifiedScripts small = new VerifiedScripts(entries * 32L, Owner.UNCHECKED);
      List<Wtxid> added = new ArrayList<>();
      for (int i = 0; i < 20 * entries; i++) {
        added.add(some());
        small.add(added.get(i), ScriptFlags.MANDATORY);
        assertThat(small.contains(added.get(i), ScriptFlags.MANDATORY)).isTrue();
      }
      long known =
          added.stream().filter(each -> small.contains(each, ScriptFlags.MANDATORY)).count();
      assertThat(known).isBetween(entries * 9L / 10, (long) entries);
    }
    VerifiedScripts least = new VerifiedScripts(0, Owner.UNCHECKED);
    Wtxid wtxid = some();
    least.add(wtxid, ScriptFlags.MANDATORY);
    assertThat(least.contains(wtxid, ScriptFlags.MANDATORY)).isTrue();
  }

  private long known(List<Wtxid> some) {
    return some.stream().filter(each -> verified.contains(each, ScriptFlags.MANDATORY)).count();
  }
}
