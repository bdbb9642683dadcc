package org.farthing.wallet.miniscript;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.CompactSize;

/**
 * Items of a witness that satisfy or dissatisfy an expression, or the lack of any. What is put
 * together is only linked, so that long witnesses of deep expressions cost no copies.
 */
final class WitnessPart {
  static final WitnessPart EMPTY = new WitnessPart(0, false, false, null, null, null);
  static final WitnessPart NONE = new WitnessPart(-1, false, false, null, null, null);
  static final WitnessPart ZERO = item(ByteString.EMPTY);
  static final WitnessPart ONE = item(ByteString.of(new byte[] {1}));

  private final int size;
  private final boolean hasSignature;
  private final boolean malleable;
  private final ByteString item;
  private final WitnessPart below;
  private final WitnessPart above;

  private WitnessPart(
      int size,
      boolean hasSignature,
      boolean malleable,
      ByteString item,
      WitnessPart below,
      WitnessPart above) {
    this.size = size;
    this.hasSignature = hasSignature;
    this.malleable = malleable;
    this.item = item;
    this.below = below;
    this.above = above;
  }

  static WitnessPart item(ByteString item) {
    int size = CompactSize.sizeOf(item.size()) + item.size();
    return new WitnessPart(size, false, false, item, null, null);
  }

  static WitnessPart signature(Optional<ByteString> signature) {
    return signature.map(bytes -> item(bytes).withSignature()).orElse(NONE);
  }

  private WitnessPart withSignature() {
    return new WitnessPart(size, true, malleable, item, below, above);
  }

  /** The same, noting that somebody else can change it. */
  WitnessPart malleable(boolean changeable) {
    return exists() ? new WitnessPart(size, hasSignature, changeable, item, below, above) : this;
  }

  boolean exists() {
    return size >= 0;
  }

  boolean hasSignature() {
    return hasSignature;
  }

  boolean isMalleable() {
    return malleable;
  }

  /** These items below those. */
  WitnessPart then(WitnessPart top) {
    if (!exists() || !top.exists()) {
      return NONE;
    }
    if (this == EMPTY || top == EMPTY) {
      return this == EMPTY ? top : this;
    }
    return new WitnessPart(
        size + top.size,
        hasSignature || top.hasSignature,
        malleable || top.malleable,
        null,
        this,
        top);
  }

  /**
   * The better of two ways that are both open. Somebody else can take one without a signature, so
   * that one must be taken; and if neither has one, whatever is taken can be changed. Of two that
   * only the owner of keys can take the one is taken that nobody can change, or the smaller one.
   */
  WitnessPart or(WitnessPart other) {
    if (!exists() || !other.exists()) {
      return exists() ? this : other;
    }
    if (hasSignature != other.hasSignature) {
      return hasSignature ? other : this;
    }
    if (!hasSignature) {
      return smaller(other).malleable(true);
    }
    if (malleable != other.malleable) {
      return malleable ? other : this;
    }
    return smaller(other);
  }

  private WitnessPart smaller(WitnessPart other) {
    return size <= other.size ? this : other;
  }

  /** The items from the bottom. */
  List<ByteString> items() {
    List<ByteString> items = new ArrayList<>();
    Deque<WitnessPart> parts = new ArrayDeque<>();
    parts.push(this);
    while (!parts.isEmpty()) {
      WitnessPart part = parts.pop();
      if (part.item != null) {
        items.add(part.item);
      } else if (part.below != null) {
        parts.push(part.above);
        parts.push(part.below);
      }
    }
    return items;
  }
}
