package org.farthing.junit.bench;

import java.util.concurrent.TimeUnit;
import org.farthing.junit.RegtestNode;

/** A process with one node: prints how many milliseconds it takes until it has mined a block. */
final class FirstNode {
  private FirstNode() {}

  public static void main(String[] arguments) {
    long start = System.nanoTime();
    try (RegtestNode node = RegtestNode.start()) {
      node.mine(1);
      System.out.println(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start) / 1e3);
    }
  }
}
