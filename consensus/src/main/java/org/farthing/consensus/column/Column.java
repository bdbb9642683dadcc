package org.farthing.consensus.column;

/**
 * A column family with typed keys and values.
 *
 * @param bulky values go to blob files of their own instead of being sorted with the keys
 */
public record Column<K, V>(String name, Codec<K> key, Codec<V> value, boolean bulky) {
  /** A start need not make the code that a record otherwise gets when it is first hashed. */
  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
