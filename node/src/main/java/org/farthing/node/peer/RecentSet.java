package org.farthing.node.peer;

import java.util.HashSet;
import java.util.Set;

/**
 * Remembers at least the last {@code capacity} elements added, and at most twice as many: two
 * generations, of which the older is dropped when the younger is full.
 */
public final class RecentSet<T> {
  private final int capacity;
  private Set<T> young = new HashSet<>();
  private Set<T> old = new HashSet<>();

  public RecentSet(int capacity) {
    this.capacity = capacity;
  }

  /** True where the element was not remembered. */
  public boolean add(T element) {
    if (contains(element)) {
      return false;
    }
    if (young.size() >= capacity) {
      old = young;
      young = new HashSet<>();
    }
    young.add(element);
    return true;
  }

  public boolean contains(T element) {
    return young.contains(element) || old.contains(element);
  }

  public void clear() {
    young.clear();
    old.clear();
  }
}
