package org.farthing.wallet.descriptor;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.miniscript.KeyFinder;
import org.farthing.wallet.miniscript.Miniscript;
import org.farthing.wallet.miniscript.ScriptContext;

/** Finds the descriptor of a script, from nothing but the script. */
public final class InferredDescriptor {
  /** Keys are those that stand in the script; nobody knows what a hash is of. */
  private static final KeyFinder<KeyExpression> KEYS =
      new KeyFinder<>() {
        @Override
        public Optional<KeyExpression> key(ByteString key) {
          return single(key.toByteArray());
        }

        @Override
        public Optional<KeyExpression> keyOfHash(ByteString hash) {
          return Optional.empty();
        }
      };

  private InferredDescriptor() {}

  /**
   * The descriptor of an output that pays to this script's witness program, if there is one: of a
   * key, of several keys, or of a miniscript that is safe to use.
   */
  public static Optional<ScriptExpression> ofWitnessScript(Script script) {
    Optional<ScriptExpression> template =
        switch (ScriptPattern.classify(script)) {
          case P2PK ->
              ScriptPattern.payload(script)
                  .flatMap(InferredDescriptor::single)
                  .map(ScriptExpression.Pk::new);
          case MULTISIG -> ScriptPattern.multisig(script).flatMap(InferredDescriptor::multi);
          default -> Optional.empty();
        };
    return template.or(() -> miniscript(script)).map(ScriptExpression.Wsh::new);
  }

  private static Optional<KeyExpression> single(byte[] key) {
    return key.length == Secp256k1.COMPRESSED_SIZE && Secp256k1.hasPublicKeyForm(key)
        ? Optional.of(SingleKey.of(Optional.empty(), key, SingleKey.Form.FULL))
        : Optional.empty();
  }

  private static Optional<ScriptExpression> multi(ScriptPattern.Multisig multisig) {
    List<KeyExpression> keys =
        multisig.keys().stream().flatMap(key -> single(key).stream()).toList();
    return keys.size() == multisig.keys().size()
        ? Optional.of(new ScriptExpression.Multi(multisig.required(), keys, false))
        : Optional.empty();
  }

  private static Optional<ScriptExpression> miniscript(Script script) {
    return Miniscript.decode(script, ScriptContext.P2WSH, KEYS)
        .filter(found -> found.isSane(key -> ByteString.of(key.publicKey(0))))
        .map(MiniscriptExpression::new);
  }
}
