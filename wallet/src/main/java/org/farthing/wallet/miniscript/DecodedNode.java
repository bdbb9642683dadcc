package org.farthing.wallet.miniscript;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.farthing.wallet.miniscript.Fragment.Kind;

/**
 * A tree that grows from the end of a script to its beginning. Keys are numbered in the order in
 * which they were found.
 */
record DecodedNode(Fragment fragment, List<DecodedNode> parts) {
  static DecodedNode of(Fragment fragment) {
    return new DecodedNode(fragment, List.of());
  }

  static DecodedNode of(Kind kind, List<DecodedNode> parts) {
    return new DecodedNode(Fragment.Plain.of(kind), parts);
  }

  /** The whole as a miniscript, whose keys are numbered in the order of the text. */
  <K> Miniscript<K> toMiniscript(ScriptContext context, List<K> found) {
    List<Fragment> fragments = new ArrayList<>();
    List<K> keys = new ArrayList<>();
    for (DecodedNode node : postfix()) {
      fragments.add(numbered(node.fragment, found, keys));
    }
    return new Miniscript<>(new Expression(context, fragments), keys);
  }

  private static <K> Fragment numbered(Fragment fragment, List<K> found, List<K> keys) {
    int next = keys.size();
    if (fragment instanceof Fragment.Key key) {
      keys.add(found.get(key.key()));
      return new Fragment.Key(key.kind(), next);
    }
    if (fragment instanceof Fragment.Multi multi) {
      keys.addAll(found.subList(multi.firstKey(), multi.firstKey() + multi.keyCount()));
      return new Fragment.Multi(multi.kind(), multi.required(), next, multi.keyCount());
    }
    return fragment;
  }

  /** Each node behind its parts. */
  private Deque<DecodedNode> postfix() {
    Deque<DecodedNode> ordered = new ArrayDeque<>();
    Deque<DecodedNode> left = new ArrayDeque<>();
    left.push(this);
    while (!left.isEmpty()) {
      DecodedNode node = left.pop();
      ordered.push(node);
      node.parts.forEach(left::push);
    }
    return ordered;
  }
}
