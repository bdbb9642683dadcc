package org.farthing.wallet.miniscript;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.wallet.miniscript.Fragment.Kind;

/** Writes the script of an expression (BIP-0379, translation table). */
final class ScriptWriter {
  private final Expression expression;
  private final List<byte[]> keys;
  private final Deque<Task> tasks = new ArrayDeque<>();
  private final ScriptBuilder out = new ScriptBuilder();

  /**
   * @param keys as they stand in the script
   */
  ScriptWriter(Expression expression, List<byte[]> keys) {
    this.expression = expression;
    this.keys = keys;
  }

  private sealed interface Task {
    record Op(int opcode) implements Task {}

    record Pushed(int number) implements Task {}

    /**
     * @param verify whether the last opcode verifies too, if it has such a form
     */
    record Part(int position, boolean verify) implements Task {}
  }

  Script write() {
    tasks.push(new Task.Part(expression.root(), false));
    while (!tasks.isEmpty()) {
      Task task = tasks.pop();
      if (task instanceof Task.Op op) {
        out.op(op.opcode());
      } else if (task instanceof Task.Pushed pushed) {
        out.number(pushed.number());
      } else if (task instanceof Task.Part part) {
        fragment(part.position(), part.verify());
      }
    }
    return out.build();
  }

  private void fragment(int position, boolean verify) {
    Fragment fragment = expression.fragment(position);
    if (fragment instanceof Fragment.Key key) {
      key(key);
    } else if (fragment instanceof Fragment.Lock lock) {
      boolean relative = lock.kind() == Kind.OLDER;
      out.number(lock.value())
          .op(relative ? Opcode.OP_CHECKSEQUENCEVERIFY : Opcode.OP_CHECKLOCKTIMEVERIFY);
    } else if (fragment instanceof Fragment.Hash hash) {
      out.op(Opcode.OP_SIZE).number(32).op(Opcode.OP_EQUALVERIFY).op(hash.type().opcode());
      out.push(hash.hash().toByteArray()).op(equal(verify));
    } else if (fragment instanceof Fragment.Multi multi) {
      multi(multi, verify);
    } else if (fragment instanceof Fragment.Thresh thresh) {
      thresh(thresh, expression.parts(position), verify);
    } else {
      plain(fragment.kind(), expression.parts(position), verify);
    }
  }

  private static int equal(boolean verify) {
    return verify ? Opcode.OP_EQUALVERIFY : Opcode.OP_EQUAL;
  }

  private void key(Fragment.Key key) {
    byte[] bytes = keys.get(key.key());
    if (key.kind() == Kind.PK_K) {
      out.push(bytes);
    } else {
      out.op(Opcode.OP_DUP).op(Opcode.OP_HASH160).push(Hash160.hash(bytes));
      out.op(Opcode.OP_EQUALVERIFY);
    }
  }

  private void multi(Fragment.Multi multi, boolean verify) {
    List<byte[]> all = keys.subList(multi.firstKey(), multi.firstKey() + multi.keyCount());
    if (multi.kind() == Kind.MULTI) {
      out.number(multi.required());
      all.forEach(out::push);
      out.number(all.size());
      out.op(verify ? Opcode.OP_CHECKMULTISIGVERIFY : Opcode.OP_CHECKMULTISIG);
      return;
    }
    int check = Opcode.OP_CHECKSIG;
    for (byte[] key : all) {
      out.push(key).op(check);
      check = Opcode.OP_CHECKSIGADD;
    }
    out.number(multi.required());
    out.op(verify ? Opcode.OP_NUMEQUALVERIFY : Opcode.OP_NUMEQUAL);
  }

  private void thresh(Fragment.Thresh thresh, int[] parts, boolean verify) {
    later(new Task.Op(equal(verify)));
    later(new Task.Pushed(thresh.required()));
    for (int i = parts.length - 1; i >= 0; i--) {
      if (i > 0) {
        later(new Task.Op(Opcode.OP_ADD));
      }
      later(part(parts[i]));
    }
  }

  private void plain(Kind kind, int[] parts, boolean verify) {
    switch (kind) {
      case FALSE -> out.op(Opcode.OP_0);
      case TRUE -> out.number(1);
      case WRAP_A -> sequence(op(Opcode.OP_TOALTSTACK), part(parts[0]), op(Opcode.OP_FROMALTSTACK));
      case WRAP_S -> sequence(op(Opcode.OP_SWAP), new Task.Part(parts[0], verify));
      case WRAP_C ->
          sequence(part(parts[0]), op(verify ? Opcode.OP_CHECKSIGVERIFY : Opcode.OP_CHECKSIG));
      case WRAP_D ->
          sequence(op(Opcode.OP_DUP), op(Opcode.OP_IF), part(parts[0]), op(Opcode.OP_ENDIF));
      case WRAP_V -> verify(parts[0]);
      case WRAP_J -> {
        out.op(Opcode.OP_SIZE).op(Opcode.OP_0NOTEQUAL);
        sequence(op(Opcode.OP_IF), part(parts[0]), op(Opcode.OP_ENDIF));
      }
      case WRAP_N -> sequence(part(parts[0]), op(Opcode.OP_0NOTEQUAL));
      case AND_V -> sequence(part(parts[0]), new Task.Part(parts[1], verify));
      case AND_B -> sequence(part(parts[0]), part(parts[1]), op(Opcode.OP_BOOLAND));
      case OR_B -> sequence(part(parts[0]), part(parts[1]), op(Opcode.OP_BOOLOR));
      case OR_C ->
          sequence(part(parts[0]), op(Opcode.OP_NOTIF), part(parts[1]), op(Opcode.OP_ENDIF));
      case OR_D ->
          sequence(
              part(parts[0]),
              op(Opcode.OP_IFDUP),
              op(Opcode.OP_NOTIF),
              part(parts[1]),
              op(Opcode.OP_ENDIF));
      case OR_I -> {
        out.op(Opcode.OP_IF);
        branches(parts[0], parts[1]);
      }
      case ANDOR -> {
        branches(parts[2], parts[1]);
        sequence(part(parts[0]), op(Opcode.OP_NOTIF));
      }
      default -> throw new AssertionError(kind);
    }
  }

  private void branches(int first, int second) {
    sequence(part(first), op(Opcode.OP_ELSE), part(second), op(Opcode.OP_ENDIF));
  }

  private void verify(int part) {
    if (expression.type(part).is(Type.Property.X)) {
      sequence(part(part), op(Opcode.OP_VERIFY));
    } else {
      later(new Task.Part(part, true));
    }
  }

  private static Task op(int opcode) {
    return new Task.Op(opcode);
  }

  private static Task part(int position) {
    return new Task.Part(position, false);
  }

  private void sequence(Task... inOrder) {
    for (int i = inOrder.length - 1; i >= 0; i--) {
      later(inOrder[i]);
    }
  }

  private void later(Task task) {
    tasks.push(task);
  }
}
