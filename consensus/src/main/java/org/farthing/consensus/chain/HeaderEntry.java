package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A header in the tree, what is known of its block, and the headers that follow it. */
final class HeaderEntry {
  final HeaderNode node;

  /** Null at the genesis. */
  final HeaderEntry parent;

  /** Null where there is none, or where there were several at some time. */
  private HeaderEntry onlyChild;

  /** Null where there never was more than one: a list for each would take as much as the entry. */
  private List<HeaderEntry> severalChildren;

  /** Written by the owner of the chain, read by any thread. */
  volatile BlockStatus status;

  /** Of the chain up to here, once it is linked; 0 before. Read by any thread. */
  private volatile long chainTransactions;

  /** Of blocks with the same work the one with the lowest rank is preferred. */
  long rank;

  HeaderEntry(HeaderNode node, HeaderEntry parent, BlockStatus status) {
    this.node = node;
    this.parent = parent;
    this.status = status;
  }

  /** The headers that follow this one; of linked ones, those that were linked first come first. */
  List<HeaderEntry> children() {
    if (severalChildren != null) {
      return Collections.unmodifiableList(severalChildren);
    }
    return onlyChild == null ? List.of() : List.of(onlyChild);
  }

  /** Adds a child behind the others. */
  void adopt(HeaderEntry child) {
    if (onlyChild == null && severalChildren == null) {
      onlyChild = child;
    } else {
      adopt(child, children().size());
    }
  }

  /** Adds a child at a place among the others. */
  void adopt(HeaderEntry child, int place) {
    if (severalChildren == null) {
      severalChildren = new ArrayList<>(children());
      onlyChild = null;
    }
    severalChildren.add(place, child);
  }

  /** Removes a child, and returns the place where it was. */
  int disown(HeaderEntry child) {
    if (severalChildren == null) {
      onlyChild = null;
      return 0;
    }
    int place = severalChildren.indexOf(child);
    severalChildren.remove(place);
    return place;
  }

  /** The bodies of this block and of all before it have been received now. */
  void markLinked() {
    chainTransactions = (parent == null ? 0 : parent.chainTransactions) + status.transactions();
  }

  /** It was not so. */
  void markUnlinked() {
    chainTransactions = 0;
  }

  /** The bodies of this block and of all before it, each with a transaction, have been received. */
  boolean isLinked() {
    return chainTransactions > 0;
  }

  /** Of the chain up to here; 0 while bodies are missing. Any thread. */
  long chainTransactions() {
    return chainTransactions;
  }

  /** The block could be the tip, as far as is known. */
  boolean isEligible() {
    return isLinked() && !status.isFailed();
  }

  boolean hasMoreWorkThan(HeaderEntry other) {
    return node.chainWork().compareTo(other.node.chainWork()) > 0;
  }

  boolean hasLessWorkThan(HeaderEntry other) {
    return other.hasMoreWorkThan(this);
  }

  StoredHeader stored() {
    return new StoredHeader(node.header(), node.height(), status);
  }

  /** This entry and all after it, each after its parent. */
  List<HeaderEntry> subtree() {
    List<HeaderEntry> all = new ArrayList<>(List.of(this));
    for (int i = 0; i < all.size(); i++) {
      all.addAll(all.get(i).children());
    }
    return all;
  }
}
