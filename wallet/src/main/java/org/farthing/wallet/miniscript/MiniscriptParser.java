package org.farthing.wallet.miniscript;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.miniscript.Fragment.Kind;

/**
 * Reads the text of a miniscript (BIP-0379). What is still to be done stands on a stack of its own,
 * so that a text may be as deep as it likes.
 */
final class MiniscriptParser<K> {
  private static final int MAX_TAPSCRIPT_KEYS = 999;

  private final String text;
  private final ScriptContext context;
  private final KeyReader<K> reader;
  private final Deque<Task> tasks = new ArrayDeque<>();
  private final List<Fragment> fragments = new ArrayList<>();
  private final List<K> keys = new ArrayList<>();
  private int position;

  MiniscriptParser(String text, ScriptContext context, KeyReader<K> reader) {
    this.text = text;
    this.context = context;
    this.reader = reader;
  }

  /** What has to be done next. */
  private sealed interface Task {
    /** Read an expression. */
    record Read() implements Task {}

    /** Take a character. */
    record Take(char wanted) implements Task {}

    /** Write a fragment behind its parts. */
    record Emit(Fragment fragment) implements Task {}

    /** After a part of {@code thresh}: take the next one, or the end. */
    record Next(int start, long required, int parts) implements Task {}
  }

  Miniscript<K> parse() throws MiniscriptException, WalletException {
    tasks.push(new Task.Read());
    while (!tasks.isEmpty()) {
      run(tasks.pop());
    }
    if (position < text.length()) {
      throw error("the expression ends here, but '%c' follows".formatted(text.charAt(position)));
    }
    Expression expression = new Expression(context, fragments);
    int size = Bounds.of(expression).scriptSize();
    if (size > context.maxScriptSize()) {
      throw new MiniscriptException(
          0,
          "the script has %d bytes, but may have %d at most"
              .formatted(size, context.maxScriptSize()));
    }
    return new Miniscript<>(expression, keys);
  }

  private void run(Task task) throws MiniscriptException, WalletException {
    if (task instanceof Task.Read) {
      wrapped();
    } else if (task instanceof Task.Take take) {
      take(take.wanted());
    } else if (task instanceof Task.Emit emit) {
      fragments.add(emit.fragment());
    } else if (task instanceof Task.Next next) {
      next(next);
    }
  }

  private MiniscriptException error(String message) {
    return new MiniscriptException(position, message);
  }

  private void take(char wanted) throws MiniscriptException {
    if (position == text.length()) {
      throw error("expected '%c', but the text ends".formatted(wanted));
    }
    if (text.charAt(position) != wanted) {
      throw error("expected '%c', not '%c'".formatted(wanted, text.charAt(position)));
    }
    position++;
  }

  /** Letters before a colon, each of which wraps all that follows. */
  private void wrapped() throws MiniscriptException, WalletException {
    int colon = position;
    while (colon < text.length() && text.charAt(colon) >= 'a' && text.charAt(colon) <= 'z') {
      colon++;
    }
    if (colon > position && colon < text.length() && text.charAt(colon) == ':') {
      for (; position < colon; position++) {
        wrapper(text.charAt(position));
      }
      position++;
    }
    expression();
  }

  private void wrapper(char letter) throws MiniscriptException {
    switch (letter) {
      case 't' -> {
        emitLater(Fragment.Plain.of(Kind.AND_V));
        emitLater(Fragment.Plain.TRUE);
      }
      case 'u' -> {
        emitLater(Fragment.Plain.of(Kind.OR_I));
        emitLater(Fragment.Plain.FALSE);
      }
      case 'l' -> {
        fragments.add(Fragment.Plain.FALSE);
        emitLater(Fragment.Plain.of(Kind.OR_I));
      }
      default -> {
        // Behind another one 'v:' is never valid, and would cost nothing however often it stands.
        if (letter == 'v' && position > 0 && text.charAt(position - 1) == 'v') {
          throw error("'v:' cannot wrap 'v:'");
        }
        emitLater(
            Fragment.wrapper(letter)
                .orElseThrow(
                    () ->
                        error(
                            "there is no wrapper '%c:'; there are a, s, c, d, v, j, n, t, l and u"
                                .formatted(letter))));
      }
    }
  }

  private void emitLater(Fragment fragment) {
    tasks.push(new Task.Emit(fragment));
  }

  private void expression() throws MiniscriptException, WalletException {
    int start = position;
    while (position < text.length() && isOfName(text.charAt(position))) {
      position++;
    }
    String name = text.substring(start, position);
    switch (name) {
      case "0" -> fragments.add(Fragment.Plain.FALSE);
      case "1" -> fragments.add(Fragment.Plain.TRUE);
      default -> {
        if (position == text.length() || text.charAt(position) != '(') {
          position = start;
          throw error(
              name.isEmpty()
                  ? "a fragment is missing"
                  : "'%s' is none: a fragment's arguments stand in brackets".formatted(name));
        }
        position++;
        call(name, start);
      }
    }
  }

  private static boolean isOfName(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  }

  private void call(String name, int start) throws MiniscriptException, WalletException {
    switch (name) {
      case "pk", "pkh" -> {
        key(name.equals("pk") ? Kind.PK_K : Kind.PK_H);
        fragments.add(Fragment.Plain.of(Kind.WRAP_C));
      }
      case "and_n" -> {
        emitLater(Fragment.Plain.of(Kind.ANDOR));
        emitLater(Fragment.Plain.FALSE);
        arguments(2);
      }
      default -> call(kind(name, start));
    }
  }

  private Kind kind(String name, int start) throws MiniscriptException {
    for (Kind kind : Kind.values()) {
      if (kind.text().equals(name) && !kind.isWrapper()) {
        return kind;
      }
    }
    throw new MiniscriptException(start, "there is no fragment '" + name + "'");
  }

  private void call(Kind kind) throws MiniscriptException, WalletException {
    switch (kind) {
      case PK_K, PK_H -> key(kind);
      case OLDER, AFTER -> {
        int value = (int) number(1, Integer.MAX_VALUE, "a lock");
        take(')');
        fragments.add(new Fragment.Lock(kind, value));
      }
      case SHA256, HASH256, RIPEMD160, HASH160 -> hash(kind);
      case MULTI, MULTI_A -> multi(kind);
      case THRESH -> {
        int start = position;
        long required = number(1, Integer.MAX_VALUE, "a threshold");
        take(',');
        tasks.push(new Task.Next(start, required, 1));
        tasks.push(new Task.Read());
      }
      default -> {
        emitLater(Fragment.Plain.of(kind));
        arguments(kind.isCombinator() ? Fragment.Plain.of(kind).parts() : 0);
      }
    }
  }

  /** So many expressions, with commas between them, and the bracket behind them. */
  private void arguments(int count) {
    tasks.push(new Task.Take(')'));
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        tasks.push(new Task.Take(','));
      }
      tasks.push(new Task.Read());
    }
  }

  private void next(Task.Next next) throws MiniscriptException {
    if (position < text.length() && text.charAt(position) == ',') {
      position++;
      tasks.push(new Task.Next(next.start(), next.required(), next.parts() + 1));
      tasks.push(new Task.Read());
      return;
    }
    take(')');
    if (next.required() > next.parts()) {
      throw new MiniscriptException(
          next.start(),
          "the threshold %d is above the number of expressions, %d"
              .formatted(next.required(), next.parts()));
    }
    fragments.add(new Fragment.Thresh((int) next.required(), next.parts()));
  }

  /** Everything up to the comma or bracket that ends an argument. */
  private String argument() {
    int start = position;
    int depth = 0;
    for (; position < text.length(); position++) {
      char c = text.charAt(position);
      if (depth == 0 && (c == ',' || c == ')')) {
        break;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return text.substring(start, position);
  }

  private long number(long least, long most, String what) throws MiniscriptException {
    int start = position;
    String digits = argument();
    boolean inRange = digits.matches("[0-9]{1,18}") && Long.parseLong(digits) >= least;
    if (!inRange || Long.parseLong(digits) > most) {
      throw new MiniscriptException(
          start, "%s is a number from %d to %d, not '%s'".formatted(what, least, most, digits));
    }
    return Long.parseLong(digits);
  }

  private void hash(Kind kind) throws MiniscriptException {
    int start = position;
    String digits = argument();
    int size = kind.hashType().orElseThrow().size();
    if (digits.length() != 2 * size) {
      throw new MiniscriptException(
          start,
          "%s has %d hexadecimal digits, not %d".formatted(kind.text(), 2 * size, digits.length()));
    }
    try {
      fragments.add(new Fragment.Hash(kind, ByteString.parse(digits)));
    } catch (DecodeException e) {
      throw new MiniscriptException(start, kind.text() + " has hexadecimal digits only");
    }
    take(')');
  }

  private void key(Kind kind) throws MiniscriptException, WalletException {
    keys.add(reader.read(argument()));
    take(')');
    fragments.add(new Fragment.Key(kind, keys.size() - 1));
  }

  private void multi(Kind kind) throws MiniscriptException, WalletException {
    if (context.isTapscript() != (kind == Kind.MULTI_A)) {
      throw error(
          context.isTapscript()
              ? "tapscript has multi_a instead of multi"
              : "multi_a is only for tapscript; there is multi instead");
    }
    int start = position;
    int most = context.isTapscript() ? MAX_TAPSCRIPT_KEYS : ScriptPattern.MAX_MULTISIG_KEYS;
    int required = (int) number(1, most, "a threshold");
    int first = keys.size();
    do {
      take(',');
      keys.add(reader.read(argument()));
    } while (position < text.length() && text.charAt(position) == ',');
    take(')');
    int count = keys.size() - first;
    if (count > most || required > count) {
      throw new MiniscriptException(
          start,
          count > most
              ? "there are %d keys, but at most %d are allowed".formatted(count, most)
              : "the threshold %d is above the number of keys, %d".formatted(required, count));
    }
    fragments.add(new Fragment.Multi(kind, required, first, count));
  }
}
