package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;

/** The queues in which headers and bits wait while a chain is weighed. */
class HeaderBufferTest {
  @Test
  void headersComeOutAsTheyWentInHoweverManyWait() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      chain.mine(400);
      List<BlockHeader> headers = chain.blocks().stream().map(Block::header).toList();
      HeaderBuffer buffer = new HeaderBuffer(headers.get(0).previous());
      int out = 0;
      for (int in = 0; in < headers.size(); in++) {
        buffer.add(headers.get(in));
        if (in % 3 == 0) {
          assertThat(buffer.poll()).isEqualTo(headers.get(out++));
        }
      }
      while (buffer.size() > 0) {
        assertThat(buffer.poll()).isEqualTo(headers.get(out++));
      }
      assertThat(out).isEqualTo(400);
      assertThatThrownBy(buffer::poll).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void bitsComeOutAsTheyWentIn() {
    Random random = new Random(7);
    BitQueue queue = new BitQueue();
    Deque<Boolean> plain = new ArrayDeque<>();
    for (int i = 0; i < 10_000; i++) {
      boolean bit = random.nextBoolean();
      queue.add(bit);
      plain.add(bit);
      if (random.nextInt(3) == 0) {
        assertThat(queue.poll()).isEqualTo(plain.poll());
      }
      assertThat(queue.size()).isEqualTo(plain.size());
    }
    while (!plain.isEmpty()) {
      assertThat(queue.poll()).isEqualTo(plain.poll());
    }
    assertThatThrownBy(queue::poll).isInstanceOf(IllegalStateException.class);
  }
}
