package org.farthing.wallet.descriptor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.Taproot;

/** The tree of scripts that a taproot output commits to (BIP-0386). */
public sealed interface TapTree {
  /** The most nodes between the root and a leaf. */
  int MAX_DEPTH = 128;

  /** In the order of the text. */
  List<KeyExpression> keys();

  /** The tree's root at an index: 32 bytes. */
  byte[] hashAt(int index);

  /** In the order of the text. */
  List<Leaf> leaves();

  /** The leaves at an index, in the order of the text, each with its way to the root. */
  List<TaprootOutput.Leaf> leavesAt(int index);

  TapTree withKeys(UnaryOperator<KeyExpression> change);

  /** The expression, its keys written as the function says. */
  String write(Function<KeyExpression, String> keyText);

  /** Two trees under one node. */
  record Branch(TapTree left, TapTree right) implements TapTree {
    @Override
    public List<KeyExpression> keys() {
      List<KeyExpression> keys = new ArrayList<>(left.keys());
      keys.addAll(right.keys());
      return keys;
    }

    @Override
    public byte[] hashAt(int index) {
      return Taproot.branchHash(left.hashAt(index), right.hashAt(index));
    }

    @Override
    public List<Leaf> leaves() {
      List<Leaf> leaves = new ArrayList<>(left.leaves());
      leaves.addAll(right.leaves());
      return leaves;
    }

    @Override
    public List<TaprootOutput.Leaf> leavesAt(int index) {
      List<TaprootOutput.Leaf> leaves = new ArrayList<>();
      byte[] ofLeft = left.hashAt(index);
      byte[] ofRight = right.hashAt(index);
      left.leavesAt(index).forEach(leaf -> leaves.add(leaf.under(ofRight)));
      right.leavesAt(index).forEach(leaf -> leaves.add(leaf.under(ofLeft)));
      return leaves;
    }

    @Override
    public Branch withKeys(UnaryOperator<KeyExpression> change) {
      return new Branch(left.withKeys(change), right.withKeys(change));
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      return "{" + left.write(keyText) + "," + right.write(keyText) + "}";
    }
  }

  /** A script. */
  sealed interface Leaf extends TapTree permits Pk, MultiA, MiniscriptLeaf {
    /** The tapscript at an index (BIP-0342). */
    Script scriptAt(int index);

    /** What the descriptor's owner should know before using it. */
    default List<String> warnings() {
      return List.of();
    }

    @Override
    default byte[] hashAt(int index) {
      return Taproot.leafHash(Taproot.LEAF_TAPSCRIPT, scriptAt(index));
    }

    @Override
    default List<Leaf> leaves() {
      return List.of(this);
    }

    @Override
    default List<TaprootOutput.Leaf> leavesAt(int index) {
      return List.of(TaprootOutput.Leaf.of(scriptAt(index)));
    }
  }

  /** Wants the signature of one key. */
  record Pk(KeyExpression key) implements Leaf {
    @Override
    public List<KeyExpression> keys() {
      return List.of(key);
    }

    @Override
    public Script scriptAt(int index) {
      return new ScriptBuilder()
          .push(SingleKey.xOnly(key.publicKey(index)))
          .op(Opcode.OP_CHECKSIG)
          .build();
    }

    @Override
    public Pk withKeys(UnaryOperator<KeyExpression> change) {
      return new Pk(change.apply(key));
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      return "pk(" + keyText.apply(key) + ")";
    }
  }

  /**
   * Wants the signatures of several keys (BIP-0387).
   *
   * @param sorted whether the keys stand in the script in the order of their bytes
   */
  record MultiA(int required, List<KeyExpression> keys, boolean sorted) implements Leaf {
    public MultiA {
      keys = List.copyOf(keys);
    }

    @Override
    public Script scriptAt(int index) {
      List<byte[]> publicKeys = new ArrayList<>();
      keys.forEach(key -> publicKeys.add(SingleKey.xOnly(key.publicKey(index))));
      if (sorted) {
        publicKeys.sort(Arrays::compareUnsigned);
      }
      ScriptBuilder script = new ScriptBuilder();
      int opcode = Opcode.OP_CHECKSIG;
      for (byte[] key : publicKeys) {
        script.push(key).op(opcode);
        opcode = Opcode.OP_CHECKSIGADD;
      }
      return script.number(required).op(Opcode.OP_NUMEQUAL).build();
    }

    @Override
    public MultiA withKeys(UnaryOperator<KeyExpression> change) {
      return new MultiA(required, keys.stream().map(change).toList(), sorted);
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      StringBuilder text = new StringBuilder(sorted ? "sortedmulti_a(" : "multi_a(");
      text.append(required);
      keys.forEach(key -> text.append(',').append(keyText.apply(key)));
      return text.append(')').toString();
    }
  }
}
