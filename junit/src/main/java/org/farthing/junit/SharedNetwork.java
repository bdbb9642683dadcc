package org.farthing.junit;

import java.util.function.Supplier;

/**
 * The network that the tests of a class and of its nested classes share, one after another. It
 * starts when somebody wants it.
 */
final class SharedNetwork {
  private final String owner;
  private final Supplier<RegtestNetwork> starter;
  private RegtestNetwork network;

  /** The network as it was when it had started. */
  private NetworkSnapshot fresh;

  /**
   * What the tests of one class begin with: the state that its {@code @BeforeAll} methods, and
   * those of the classes around it, have left.
   */
  static final class Level {
    private RegtestNetwork network;
    private NetworkSnapshot start;
  }

  /**
   * @param owner identifies the outermost class
   */
  SharedNetwork(String owner, Supplier<RegtestNetwork> starter) {
    this.owner = owner;
    this.starter = starter;
  }

  boolean isOf(String asking) {
    return owner.equals(asking);
  }

  synchronized boolean isRunning() {
    return network != null;
  }

  synchronized RegtestNetwork network() {
    if (network == null) {
      network = starter.get();
      fresh = network.snapshot();
    }
    return network;
  }

  /** Something of a class begins: the first of them finds the state that all begin with. */
  synchronized void begin(Level level) {
    if (network != null && level.network != network) {
      level.network = network;
      level.start = network.snapshot();
    }
  }

  /** Something of a class is over, and is taken back. */
  synchronized void goBack(Level level) {
    if (network == null) {
      return;
    }
    if (network.isClosed()) {
      network = null;
      return;
    }
    if (level.network != network) {
      // It started in the middle: before that nothing had happened.
      level.network = network;
      level.start = fresh;
    }
    network.revert(level.start);
  }

  synchronized void close() {
    if (network != null) {
      network.close();
      network = null;
    }
  }
}
