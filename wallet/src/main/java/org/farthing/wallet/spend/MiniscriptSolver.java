package org.farthing.wallet.spend;

import java.util.Optional;
import java.util.function.Function;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.miniscript.HashType;
import org.farthing.wallet.miniscript.KeyFinder;
import org.farthing.wallet.miniscript.Miniscript;
import org.farthing.wallet.miniscript.Satisfaction;
import org.farthing.wallet.miniscript.SatisfactionSource;
import org.farthing.wallet.miniscript.ScriptContext;
import org.farthing.wallet.spend.SpendSolver.Items;

/**
 * Satisfies a script that is a miniscript (BIP-0379), so that nobody else can change the witness.
 * All signatures that can be made are made, also those that this witness has no use for.
 *
 * @param ofHash finds the key that has a hash (20 bytes), as it stands in the script
 * @param signatures of keys as they stand in the script
 */
record MiniscriptSolver(
    ScriptContext context,
    SignatureMaker maker,
    SpendData data,
    Function<ByteString, Optional<ByteString>> ofHash,
    Function<ByteString, Optional<ByteString>> signatures)
    implements KeyFinder<ByteString>, SatisfactionSource<ByteString> {
  private static final int EVEN_PREFIX = 2;
  private static final int ODD_PREFIX = 3;

  Items solve(Script script) {
    return Miniscript.decode(script, context, this)
        .flatMap(miniscript -> miniscript.satisfy(this))
        .filter(Satisfaction::isSafe)
        .map(satisfaction -> new Items(satisfaction.stack(), true))
        .orElse(Items.NONE);
  }

  @Override
  public Optional<ByteString> key(ByteString key) {
    boolean hasForm =
        context == ScriptContext.TAPSCRIPT
            || key.byteAt(0) == EVEN_PREFIX
            || key.byteAt(0) == ODD_PREFIX;
    return hasForm ? Optional.of(key) : Optional.empty();
  }

  @Override
  public Optional<ByteString> keyOfHash(ByteString hash) {
    Optional<ByteString> key = ofHash.apply(hash);
    if (key.isEmpty()) {
      data.missKey(hash);
    }
    return key;
  }

  @Override
  public ByteString publicKey(ByteString key) {
    return key;
  }

  @Override
  public Optional<ByteString> signature(ByteString key) {
    return signatures.apply(key);
  }

  @Override
  public Optional<ByteString> preimage(HashType type, ByteString hash) {
    return data.preimage(type, hash);
  }

  @Override
  public boolean isOlder(int value) {
    return maker.isOlder(value);
  }

  @Override
  public boolean isAfter(int value) {
    return maker.isAfter(value);
  }
}
