package org.farthing.wallet.descriptor;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.miniscript.Miniscript;

/** A tapscript composed of fragments (BIP-0379). */
public record MiniscriptLeaf(Miniscript<KeyExpression> miniscript) implements TapTree.Leaf {
  @Override
  public List<KeyExpression> keys() {
    return miniscript.keys();
  }

  @Override
  public Script scriptAt(int index) {
    return miniscript.toScript(key -> SingleKey.xOnly(key.publicKey(index)));
  }

  @Override
  public MiniscriptLeaf withKeys(UnaryOperator<KeyExpression> change) {
    return new MiniscriptLeaf(miniscript.withKeys(change));
  }

  @Override
  public List<String> warnings() {
    return MiniscriptRules.warnings(miniscript);
  }

  @Override
  public String write(Function<KeyExpression, String> keyText) {
    return miniscript.write(keyText);
  }
}
