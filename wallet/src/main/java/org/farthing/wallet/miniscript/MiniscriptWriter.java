package org.farthing.wallet.miniscript;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.farthing.wallet.miniscript.Fragment.Kind;

/** Writes the text of an expression, with the short forms where there are some (BIP-0379). */
final class MiniscriptWriter {
  private final Expression expression;
  private final List<String> keys;
  private final Deque<Task> tasks = new ArrayDeque<>();
  private final StringBuilder out = new StringBuilder();

  MiniscriptWriter(Expression expression, List<String> keys) {
    this.expression = expression;
    this.keys = keys;
  }

  private sealed interface Task {
    record Text(String text) implements Task {}

    /**
     * @param wrapped whether letters of wrappers stand before it
     */
    record Part(int position, boolean wrapped) implements Task {}
  }

  String write() {
    return write(expression.root());
  }

  /** The subexpression that ends at a position. */
  String write(int position) {
    part(position, false);
    while (!tasks.isEmpty()) {
      Task task = tasks.pop();
      if (task instanceof Task.Text literal) {
        out.append(literal.text());
      } else if (task instanceof Task.Part part && !wrapper(part.position())) {
        out.append(part.wrapped() ? ":" : "");
        fragment(part.position());
      }
    }
    return out.toString();
  }

  private void part(int position, boolean wrapped) {
    tasks.push(new Task.Part(position, wrapped));
  }

  private boolean isKind(int position, Kind kind) {
    return expression.kind(position) == kind;
  }

  /** Writes a letter that wraps what follows, if it is one. */
  private boolean wrapper(int position) {
    Kind kind = expression.kind(position);
    int[] parts = expression.parts(position);
    if (kind.isWrapper()) {
      return !isShortKey(position) && wrapper(kind.text(), parts[0]);
    }
    if (kind == Kind.AND_V && isKind(parts[1], Kind.TRUE)) {
      return wrapper("t", parts[0]);
    }
    if (kind == Kind.OR_I && isKind(parts[0], Kind.FALSE)) {
      return wrapper("l", parts[1]);
    }
    return kind == Kind.OR_I && isKind(parts[1], Kind.FALSE) && wrapper("u", parts[0]);
  }

  private boolean wrapper(String letter, int wrapped) {
    out.append(letter);
    part(wrapped, true);
    return true;
  }

  /** Whether it is {@code pk} or {@code pkh}. */
  private boolean isShortKey(int position) {
    return isKind(position, Kind.WRAP_C)
        && (isKind(position - 1, Kind.PK_K) || isKind(position - 1, Kind.PK_H));
  }

  private void fragment(int position) {
    Fragment fragment = expression.fragment(position);
    if (isShortKey(position)) {
      out.append(isKind(position - 1, Kind.PK_K) ? "pk(" : "pkh(");
      out.append(keys.get(((Fragment.Key) expression.fragment(position - 1)).key())).append(')');
    } else if (fragment instanceof Fragment.Plain plain) {
      plain(plain, position);
    } else {
      out.append(fragment.kind().text()).append('(');
      arguments(fragment, position);
    }
  }

  private void plain(Fragment.Plain plain, int position) {
    int[] parts = expression.parts(position);
    if (parts.length == 0) {
      out.append(plain.kind().text());
    } else if (plain.kind() == Kind.ANDOR && isKind(parts[2], Kind.FALSE)) {
      out.append("and_n(");
      list(parts, 2);
    } else {
      out.append(plain.kind().text()).append('(');
      list(parts, parts.length);
    }
  }

  private void arguments(Fragment fragment, int position) {
    if (fragment instanceof Fragment.Key key) {
      out.append(keys.get(key.key())).append(')');
    } else if (fragment instanceof Fragment.Lock lock) {
      out.append(lock.value()).append(')');
    } else if (fragment instanceof Fragment.Hash hash) {
      out.append(hash.hash()).append(')');
    } else if (fragment instanceof Fragment.Multi multi) {
      out.append(multi.required());
      for (int i = 0; i < multi.keyCount(); i++) {
        out.append(',').append(keys.get(multi.firstKey() + i));
      }
      out.append(')');
    } else if (fragment instanceof Fragment.Thresh thresh) {
      out.append(thresh.required()).append(',');
      list(expression.parts(position), thresh.parts());
    }
  }

  /** The first parts with commas between them, and the bracket behind them. */
  private void list(int[] parts, int count) {
    tasks.push(new Task.Text(")"));
    for (int i = count - 1; i >= 0; i--) {
      part(parts[i], false);
      if (i > 0) {
        tasks.push(new Task.Text(","));
      }
    }
  }
}
