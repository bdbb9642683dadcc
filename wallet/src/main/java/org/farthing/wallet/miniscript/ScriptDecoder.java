package org.farthing.wallet.miniscript;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.miniscript.Fragment.Kind;

/**
 * Finds the miniscript that a script comes from. It walks from the end to the beginning, since the
 * last opcode of an expression tells which one it is. Where several have the same script, it takes
 * the one in which {@code and_v} stands outermost: no other can be well typed.
 */
final class ScriptDecoder<K> {
  private static final int MAX_TAPSCRIPT_KEYS = 999;

  private final ScriptContext context;
  private final KeyFinder<K> finder;
  private final Deque<Task> tasks = new ArrayDeque<>();
  private final Deque<DecodedNode> nodes = new ArrayDeque<>();
  private final List<K> keys = new ArrayList<>();
  private List<ScriptItem> items = List.of();
  private int position;

  ScriptDecoder(ScriptContext context, KeyFinder<K> finder) {
    this.context = context;
    this.finder = finder;
  }

  /** What is to be read next, or done with what was read. */
  private sealed interface Task {
    /** Steps without anything of their own. */
    enum Step implements Task {
      /** An expression that is neither {@code and_v} nor W. */
      SINGLE,
      /** One or several of these, joined by {@code and_v}. */
      SEQUENCE,
      /** After one of a sequence: another one, if the script goes on with an expression. */
      MORE,
      /** An expression of type W. */
      WRAPPED,
      /** After the last branch of a condition: what came before it. */
      CONDITION,
      /** After both branches of a condition. */
      BRANCHES
    }

    /** Takes an opcode, and wraps the node that was made last. */
    record Wrap(Kind kind, int opcode) implements Task {}

    /** Makes one node of the last ones; the one made last is the first part. */
    record Join(Kind kind) implements Task {
      private static final Map<Kind, Join> ALL = new EnumMap<>(Kind.class);

      static {
        for (Kind kind : Kind.values()) {
          ALL.put(kind, new Join(kind));
        }
      }

      static Join of(Kind kind) {
        return ALL.get(kind);
      }
    }

    /** After a part of {@code thresh}: another one, or the first. */
    record Thresh(int required, int parts) implements Task {}

    /** After all parts. */
    record ThreshEnd(int required, int parts) implements Task {}
  }

  Optional<Miniscript<K>> decode(Script script) {
    if (script.size() > context.maxScriptSize()) {
      return Optional.empty();
    }
    Optional<List<ScriptItem>> backwards = ScriptItem.backwards(script);
    if (backwards.isEmpty()) {
      return Optional.empty();
    }
    items = backwards.get();
    tasks.push(Task.Step.SEQUENCE);
    while (!tasks.isEmpty()) {
      if (!run(tasks.pop())) {
        return Optional.empty();
      }
    }
    if (position != items.size() || nodes.size() != 1) {
      return Optional.empty();
    }
    return Optional.of(nodes.pop().toMiniscript(context, keys)).filter(Miniscript::isValid);
  }

  /** Whether the script can still be one. */
  private boolean run(Task task) {
    if (task instanceof Task.Step step) {
      return step(step);
    }
    if (task instanceof Task.Wrap wrap) {
      return take(wrap.opcode()) && join(wrap.kind());
    }
    if (task instanceof Task.Join join) {
      return join(join.kind());
    }
    if (task instanceof Task.Thresh thresh) {
      return part(thresh);
    }
    return task instanceof Task.ThreshEnd end && thresh(end);
  }

  private boolean step(Task.Step step) {
    return switch (step) {
      case SINGLE -> position < items.size() && single();
      case SEQUENCE -> then(Task.Step.SINGLE, Task.Step.MORE);
      case MORE -> !isExpressionNext() || then(Task.Step.SEQUENCE, Task.Join.of(Kind.AND_V));
      case WRAPPED -> {
        boolean alt = take(Opcode.OP_FROMALTSTACK);
        yield then(
            Task.Step.SEQUENCE,
            alt
                ? new Task.Wrap(Kind.WRAP_A, Opcode.OP_TOALTSTACK)
                : new Task.Wrap(Kind.WRAP_S, Opcode.OP_SWAP));
      }
      case CONDITION -> condition();
      case BRANCHES -> branches();
    };
  }

  /** Does this next. */
  private boolean then(Task next) {
    tasks.push(next);
    return true;
  }

  /** Does these next, in this order. */
  private boolean then(Task first, Task second) {
    tasks.push(second);
    return then(first);
  }

  private boolean then(Task first, Task second, Task third) {
    tasks.push(third);
    return then(first, second);
  }

  private boolean add(Fragment fragment) {
    nodes.push(DecodedNode.of(fragment));
    return true;
  }

  private boolean join(Kind kind) {
    int parts = Fragment.Plain.of(kind).parts();
    if (nodes.size() < parts) {
      return false;
    }
    DecodedNode first = nodes.pop();
    switch (parts) {
      case 1 -> nodes.push(DecodedNode.of(kind, List.of(first)));
      case 2 -> nodes.push(DecodedNode.of(kind, List.of(first, nodes.pop())));
      default -> {
        // The branch for true was read first.
        DecodedNode otherwise = nodes.pop();
        nodes.push(DecodedNode.of(kind, List.of(first, nodes.pop(), otherwise)));
      }
    }
    return true;
  }

  private boolean isAt(int offset, int opcode) {
    return position + offset < items.size() && items.get(position + offset).opcode() == opcode;
  }

  private ByteString data(int offset) {
    return position + offset < items.size()
        ? items.get(position + offset).data()
        : ByteString.EMPTY;
  }

  private OptionalInt number(int offset) {
    return position + offset < items.size()
        ? items.get(position + offset).number()
        : OptionalInt.empty();
  }

  /** Goes over an opcode if it comes next. */
  private boolean take(int opcode) {
    boolean found = isAt(0, opcode);
    position += found ? 1 : 0;
    return found;
  }

  /** Whether the script goes on with the end of an expression. */
  private boolean isExpressionNext() {
    return position < items.size()
        && switch (items.get(position).opcode()) {
          case Opcode.OP_IF,
              Opcode.OP_ELSE,
              Opcode.OP_NOTIF,
              Opcode.OP_TOALTSTACK,
              Opcode.OP_SWAP ->
              false;
          default -> true;
        };
  }

  private boolean single() {
    ByteString pushed = data(0);
    if (pushed.size() == context.keySize()) {
      return key(Kind.PK_K, finder.key(pushed), 1);
    }
    return switch (items.get(position).opcode()) {
      case Opcode.OP_1 -> take(Opcode.OP_1) && add(Fragment.Plain.TRUE);
      case Opcode.OP_0 -> take(Opcode.OP_0) && add(Fragment.Plain.FALSE);
      case Opcode.OP_CHECKSEQUENCEVERIFY -> lock(Kind.OLDER);
      case Opcode.OP_CHECKLOCKTIMEVERIFY -> lock(Kind.AFTER);
      case Opcode.OP_CHECKMULTISIG -> !context.isTapscript() && multi();
      case Opcode.OP_NUMEQUAL -> context.isTapscript() && multiA();
      case Opcode.OP_CHECKSIG -> wraps(Kind.WRAP_C);
      case Opcode.OP_0NOTEQUAL -> wraps(Kind.WRAP_N);
      case Opcode.OP_VERIFY -> isKeyHash() ? keyHash() : wraps(Kind.WRAP_V);
      case Opcode.OP_EQUAL -> hash() || beginThresh();
      case Opcode.OP_ENDIF -> {
        position++;
        yield then(Task.Step.SEQUENCE, Task.Step.CONDITION);
      }
      case Opcode.OP_BOOLAND -> pair(Kind.AND_B);
      case Opcode.OP_BOOLOR -> pair(Kind.OR_B);
      default -> false;
    };
  }

  private boolean key(Kind kind, Optional<K> key, int length) {
    key.ifPresent(keys::add);
    position += length;
    return key.isPresent() && add(new Fragment.Key(kind, keys.size() - 1));
  }

  private boolean isKeyHash() {
    return isAt(1, Opcode.OP_EQUAL)
        && data(2).size() == Hash160.SIZE
        && isAt(3, Opcode.OP_HASH160)
        && isAt(4, Opcode.OP_DUP);
  }

  private boolean keyHash() {
    return key(Kind.PK_H, finder.keyOfHash(data(2)), 5);
  }

  private boolean lock(Kind kind) {
    OptionalInt value = number(1);
    position += 2;
    return value.isPresent()
        && value.getAsInt() >= 1
        && add(new Fragment.Lock(kind, value.getAsInt()));
  }

  /** A wrapper behind its part. Inside it {@code and_v} would make the same script. */
  private boolean wraps(Kind kind) {
    position++;
    return then(Task.Step.SINGLE, Task.Join.of(kind));
  }

  private boolean pair(Kind kind) {
    position++;
    return then(Task.Step.WRAPPED, Task.Step.SINGLE, Task.Join.of(kind));
  }

  private boolean hash() {
    boolean checked =
        isAt(3, Opcode.OP_VERIFY)
            && isAt(4, Opcode.OP_EQUAL)
            && position + 5 < items.size()
            && items.get(position + 5).isNumber(32)
            && isAt(6, Opcode.OP_SIZE);
    if (!checked) {
      return false;
    }
    for (HashType type : HashType.values()) {
      if (isAt(2, type.opcode()) && data(1).size() == type.size()) {
        add(new Fragment.Hash(Kind.valueOf(type.name()), data(1)));
        position += 7;
        return true;
      }
    }
    return false;
  }

  private boolean multi() {
    int count = number(1).orElse(0);
    if (count < 1 || count > ScriptPattern.MAX_MULTISIG_KEYS) {
      return false;
    }
    List<K> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ByteString key = data(2 + i);
      if (key.size() != context.keySize()) {
        return false;
      }
      finder.key(key).ifPresent(found::add);
    }
    int required = number(2 + count).orElse(0);
    position += 3 + count;
    return required >= 1
        && required <= count
        && found.size() == count
        && addMulti(Kind.MULTI, required, found);
  }

  private boolean multiA() {
    int required = number(1).orElse(0);
    position += 2;
    List<K> found = new ArrayList<>();
    boolean last = false;
    while (!last) {
      last = isAt(0, Opcode.OP_CHECKSIG);
      ByteString key = data(1);
      boolean checks = last || isAt(0, Opcode.OP_CHECKSIGADD);
      if (!checks || key.size() != context.keySize() || found.size() == MAX_TAPSCRIPT_KEYS) {
        return false;
      }
      Optional<K> known = finder.key(key);
      if (known.isEmpty()) {
        return false;
      }
      found.add(known.get());
      position += 2;
    }
    return required >= 1 && required <= found.size() && addMulti(Kind.MULTI_A, required, found);
  }

  private boolean addMulti(Kind kind, int required, List<K> backwards) {
    Collections.reverse(backwards);
    int first = keys.size();
    keys.addAll(backwards);
    return add(new Fragment.Multi(kind, required, first, backwards.size()));
  }

  private boolean beginThresh() {
    int required = number(1).orElse(0);
    position += 2;
    return required >= 1 && then(new Task.Thresh(required, 0));
  }

  private boolean part(Task.Thresh thresh) {
    int parts = thresh.parts() + 1;
    return take(Opcode.OP_ADD)
        ? then(Task.Step.WRAPPED, new Task.Thresh(thresh.required(), parts))
        : then(Task.Step.SINGLE, new Task.ThreshEnd(thresh.required(), parts));
  }

  private boolean thresh(Task.ThreshEnd end) {
    if (end.required() > end.parts() || nodes.size() < end.parts()) {
      return false;
    }
    List<DecodedNode> parts = new ArrayList<>();
    for (int i = 0; i < end.parts(); i++) {
      parts.add(nodes.pop());
    }
    nodes.push(new DecodedNode(new Fragment.Thresh(end.required(), end.parts()), parts));
    return true;
  }

  private boolean condition() {
    if (take(Opcode.OP_ELSE)) {
      return then(Task.Step.SEQUENCE, Task.Step.BRANCHES);
    }
    if (take(Opcode.OP_NOTIF)) {
      Kind kind = take(Opcode.OP_IFDUP) ? Kind.OR_D : Kind.OR_C;
      return then(Task.Step.SINGLE, Task.Join.of(kind));
    }
    if (!take(Opcode.OP_IF)) {
      return false;
    }
    return take(Opcode.OP_DUP)
        ? join(Kind.WRAP_D)
        : take(Opcode.OP_0NOTEQUAL) && take(Opcode.OP_SIZE) && join(Kind.WRAP_J);
  }

  private boolean branches() {
    if (take(Opcode.OP_IF)) {
      return join(Kind.OR_I);
    }
    return take(Opcode.OP_NOTIF) && then(Task.Step.SINGLE, Task.Join.of(Kind.ANDOR));
  }
}
