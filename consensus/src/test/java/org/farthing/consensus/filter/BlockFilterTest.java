package org.farthing.consensus.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.crypto.SipHash;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.FilterHeader;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.testing.Vectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockFilterTest {
  private static final int COLUMNS = 8;
  private static final BlockHash BLOCK = BlockHash.ZERO;

  /** Every line of both files of vectors: BIP-0158's, and Bitcoin Core's copy of them. */
  @TestFactory
  List<DynamicTest> vectors() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : List.of("bip158_testnet.json", "blockfilters.json")) {
      for (JsonNode line : Vectors.json(file)) {
        if (line.size() > 1) {
          String name = "%s: block %s, %s".formatted(file, line.get(0), line.get(COLUMNS - 1));
          tests.add(dynamicTest(name, () -> check(line)));
        }
      }
      assertThat(tests).hasSizeGreaterThanOrEqualTo(10);
    }
    return tests;
  }

  private static void check(JsonNode line) throws Exception {
    assertThat(line).hasSize(COLUMNS);
    Block block = Block.decode(Hex.decode(line.get(2).textValue()));
    assertThat(block.hash()).hasToString(line.get(1).textValue());
    List<Script> spent = new ArrayList<>();
    for (JsonNode script : line.get(3)) {
      spent.add(Script.parse(script.textValue()));
    }
    BlockFilter filter = BlockFilter.of(block, undo(spent));
    assertThat(Hex.encode(filter.encoded())).isEqualTo(line.get(5).textValue());
    FilterHeader previous = FilterHeader.parse(line.get(4).textValue());
    assertThat(previous.next(filter.hash())).hasToString(line.get(6).textValue());

    BlockFilter read = BlockFilter.decode(block.hash(), Hex.decode(line.get(5).textValue()));
    Set<Script> elements = BlockFilter.elements(block, undo(spent));
    for (Script element : elements) {
      assertThat(read.containsAny(Set.of(element))).isTrue();
    }
    assertThat(read.containsAny(elements)).isEqualTo(!elements.isEmpty());
    assertThat(read.containsAny(Set.of(Script.parse("0102030405060708")))).isFalse();
  }

  /** With more scripts than the block has. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100})
  void oneOfManyScriptsIsFoundInAFewElements(int size) throws Exception {
    Random random = new Random(size);
    GolombCodedSet set = new GolombCodedSet(random.nextLong(), random.nextLong(), 19, 784_931);
    Set<Script> elements = randomScripts(random, size);
    byte[] encoded = set.encode(elements);
    for (Script element : elements) {
      Set<Script> many = randomScripts(random, 2 * size);
      assertThat(set.containsAny(encoded, FilterQuery.of(many))).isFalse();
      many.add(element);
      assertThat(set.containsAny(encoded, FilterQuery.of(many))).isTrue();
    }
  }

  private static BlockUndo undo(List<Script> spent) {
    return new BlockUndo(
        List.of(spent.stream().map(script -> new Coin(new TxOut(1, script), 1, false)).toList()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100, 5000})
  void whatIsInASetIsFound(int size) throws Exception {
    Random random = new Random(size);
    GolombCodedSet set = new GolombCodedSet(random.nextLong(), random.nextLong(), 19, 784_931);
    Set<Script> elements = randomScripts(random, size);
    byte[] encoded = set.encode(elements);
    for (Script element : elements) {
      assertThat(set.containsAny(encoded, FilterQuery.of(Set.of(element)))).isTrue();
    }
    assertThat(set.containsAny(encoded, FilterQuery.of(randomScripts(random, 50)))).isFalse();
    assertThat(set.containsAny(encoded, FilterQuery.of(Set.of()))).isFalse();
  }

  /** The numbers of a set, found bit by bit as BIP-0158 says, and none besides. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 1000})
  void aSetHasTheNumbersThatItsBitsSay(int size) throws Exception {
    Random random = new Random(size);
    GolombCodedSet set = new GolombCodedSet(random.nextLong(), random.nextLong(), 3, 20);
    byte[] encoded = set.encode(randomScripts(random, size));
    Set<Long> numbers = plainNumbers(encoded, 3);
    for (Script script : randomScripts(random, 500)) {
      BigInteger hash =
          new BigInteger(
              Long.toUnsignedString(SipHash.hash(set.key0(), set.key1(), script.toByteArray())));
      long number = hash.multiply(BigInteger.valueOf(size * 20L)).shiftRight(64).longValueExact();
      assertThat(set.containsAny(encoded, FilterQuery.of(Set.of(script))))
          .isEqualTo(numbers.contains(number));
    }
  }

  private static Set<Long> plainNumbers(byte[] encoded, int remainderBits) throws Exception {
    ByteReader in = new ByteReader(encoded);
    long size = in.compactSize();
    String bits = new BigInteger(1, encoded).setBit(8 * encoded.length).toString(2).substring(1);
    int at = 8 * in.position();
    Set<Long> numbers = new HashSet<>();
    long number = 0;
    for (long i = 0; i < size; i++) {
      int zero = bits.indexOf('0', at);
      long remainder = Long.parseLong(bits.substring(zero + 1, zero + 1 + remainderBits), 2);
      number += ((long) (zero - at) << remainderBits) + remainder;
      at = zero + 1 + remainderBits;
      numbers.add(number);
    }
    return numbers;
  }

  /** With a factor of 16 about one in sixteen is found that is not there. */
  @Test
  void whatIsNotInASetIsFoundAsOftenAsTheFactorSays() throws Exception {
    Random random = new Random(7);
    GolombCodedSet set = new GolombCodedSet(1, 2, 4, 16);
    byte[] encoded = set.encode(randomScripts(random, 1000));
    int found = 0;
    for (Script other : randomScripts(random, 4000)) {
      found += set.containsAny(encoded, FilterQuery.of(Set.of(other))) ? 1 : 0;
    }
    assertThat(found).isBetween(180, 320);
  }

  private static Set<Script> randomScripts(Random random, int count) {
    Set<Script> scripts = new HashSet<>();
    while (scripts.size() < count) {
      byte[] bytes = new byte[8 + random.nextInt(40)];
      random.nextBytes(bytes);
      scripts.add(Script.of(bytes));
    }
    return scripts;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01",
        "05ffff",
        "01ffffffffffffffffffffffff",
        "ffffffffffffffffff00",
        "fdfc00"
      })
  void damagedFiltersAreRefused(String encoded) throws Exception {
    BlockFilter filter = BlockFilter.decode(BLOCK, Hex.decode(encoded));
    assertThatThrownBy(() -> filter.containsAny(Set.of(Script.parse("51"))))
        .isInstanceOf(DecodeException.class);
  }

  @Test
  void aFilterHasNoEmptyScriptsAndNoData() throws Exception {
    Script data = Script.parse("6a0101");
    BlockUndo undo = undo(List.of(Script.EMPTY, Script.parse("51"), Script.parse("51"), data));
    Block genesis = new Block(ConsensusParams.regtest().genesis().header(), List.of());
    // Nobody can spend data; what was spent all the same would count.
    assertThat(BlockFilter.elements(genesis, undo))
        .containsExactlyInAnyOrder(Script.parse("51"), data);
  }
}
