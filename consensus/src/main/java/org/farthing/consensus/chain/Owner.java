package org.farthing.consensus.chain;

/** Asserts that the calling thread is the one that owns an object. */
@FunctionalInterface
public interface Owner {
  /** For objects that are used by one thread by construction, such as those of a test. */
  Owner UNCHECKED = () -> {};

  /**
   * @throws AssertionError on any other thread
   */
  void check();
}
