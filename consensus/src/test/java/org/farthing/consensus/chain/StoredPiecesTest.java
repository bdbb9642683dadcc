package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.farthing.consensus.primitives.BlockHash;
import org.junit.jupiter.api.Test;

class StoredPiecesTest {
  private static final BlockKey GENESIS = new BlockKey(0, BlockHash.ZERO);

  /** A ledger with so many blocks of one size, one at each height. */
  private static Ledger ledger(int blocks, long bytes) {
    return (Ledger)
        Proxy.newProxyInstance(
            Ledger.class.getClassLoader(),
            new Class<?>[] {Ledger.class},
            (proxy, method, arguments) ->
                IntStream.rangeClosed(((BlockKey) arguments[0]).height() + 1, blocks)
                    .limit((int) arguments[1])
                    .mapToObj(height -> new BlockKey(height, BlockHash.ZERO))
                    .map(key -> new StoredBlock(key, bytes, 0))
                    .toList());
  }

  private static List<Integer> sizes(int blocks, long bytes) {
    List<BlockKey> all = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    new StoredPieces(ledger(blocks, bytes), GENESIS)
        .forEachRemaining(
            piece -> {
              sizes.add(piece.size());
              all.addAll(piece);
            });
    assertThat(all.stream().map(BlockKey::height))
        .isEqualTo(IntStream.rangeClosed(1, blocks).boxed().toList());
    return sizes;
  }

  @Test
  void smallBlocksComeManyAtATime() {
    assertThat(sizes(1000, 250)).containsExactly(128, 128, 128, 128, 128, 128, 128, 104);
  }

  @Test
  void largeOnesComeFewAtATime() {
    assertThat(sizes(5, StoredPieces.MOST_BYTES / 2)).containsExactly(2, 2, 1);
    assertThat(sizes(3, 2 * StoredPieces.MOST_BYTES)).containsExactly(1, 1, 1);
  }

  @Test
  void anEmptyLedgerHasNone() {
    StoredPieces none = new StoredPieces(ledger(0, 1), GENESIS);
    assertThat(none).isExhausted();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }
}
