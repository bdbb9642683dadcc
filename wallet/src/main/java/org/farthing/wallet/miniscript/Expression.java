package org.farthing.wallet.miniscript;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The tree of a miniscript, in which keys are numbers: its fragments in postfix order, each behind
 * its parts. A tree may be as deep as its script is long, so nothing here calls itself.
 */
final class Expression {
  private final ScriptContext context;
  private final List<Fragment> fragments;
  private final int[] starts;
  private final List<Type> types;

  /**
   * @param fragments in postfix order, one whole tree
   */
  Expression(ScriptContext context, List<Fragment> fragments) {
    this.context = context;
    this.fragments = List.copyOf(fragments);
    this.starts = starts(fragments);
    List<Type> all = new ArrayList<>(fragments.size());
    this.<Type>fold(
        (position, parts) -> {
          Type type = TypeRules.of(fragments.get(position), parts, context);
          all.add(type);
          return type;
        });
    this.types = all;
  }

  /** Where the subexpression begins that ends at each position. */
  private static int[] starts(List<Fragment> fragments) {
    int[] starts = new int[fragments.size()];
    for (int i = 0; i < starts.length; i++) {
      int start = i;
      for (int part = 0; part < fragments.get(i).parts(); part++) {
        start = starts[start - 1];
      }
      starts[i] = start;
    }
    return starts;
  }

  /** What a subexpression comes to, given what its parts come to. */
  interface Step<T> {
    /**
     * @param position of the fragment
     * @param parts in the order of the text; no longer there after the call
     */
    T apply(int position, List<T> parts);
  }

  /** What the whole comes to, from the leaves up. */
  <T> T fold(Step<T> step) {
    List<T> results = new ArrayList<>();
    Last<T> parts = new Last<>(results);
    for (int i = 0; i < fragments.size(); i++) {
      parts.count = fragments.get(i).parts();
      T result = step.apply(i, parts);
      for (int part = 0; part < parts.count; part++) {
        results.remove(results.size() - 1);
      }
      results.add(result);
    }
    return results.get(0);
  }

  /** The last elements of a list: one view for all steps. */
  private static final class Last<T> extends AbstractList<T> {
    private final List<T> all;
    private int count;

    Last(List<T> all) {
      this.all = all;
    }

    @Override
    public T get(int index) {
      return all.get(all.size() - count + Objects.checkIndex(index, count));
    }

    @Override
    public int size() {
      return count;
    }
  }

  ScriptContext context() {
    return context;
  }

  /** The position of the fragment that is the whole. */
  int root() {
    return fragments.size() - 1;
  }

  Fragment fragment(int position) {
    return fragments.get(position);
  }

  Fragment.Kind kind(int position) {
    return fragments.get(position).kind();
  }

  Type type(int position) {
    return types.get(position);
  }

  Type type() {
    return type(root());
  }

  /** The positions of a fragment's parts, in the order of the text. */
  int[] parts(int position) {
    int[] parts = new int[fragments.get(position).parts()];
    int end = position - 1;
    for (int i = parts.length - 1; i >= 0; i--) {
      parts[i] = end;
      end = starts[end] - 1;
    }
    return parts;
  }

  /** The number of keys. */
  int keyCount() {
    int count = 0;
    for (Fragment fragment : fragments) {
      if (fragment instanceof Fragment.Key) {
        count++;
      } else if (fragment instanceof Fragment.Multi multi) {
        count += multi.keyCount();
      }
    }
    return count;
  }

  List<Fragment> fragments() {
    return fragments;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression that
        && context == that.context
        && fragments.equals(that.fragments);
  }

  @Override
  public int hashCode() {
    return fragments.hashCode();
  }
}
