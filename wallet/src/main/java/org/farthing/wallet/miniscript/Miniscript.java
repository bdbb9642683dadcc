package org.farthing.wallet.miniscript;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.error.WalletException;

/**
 * A script composed of fragments (BIP-0379), well typed or not, with keys of any kind. Immutable.
 */
public final class Miniscript<K> {
  private final Expression expression;
  private final List<K> keys;

  /**
   * @param keys in the order of the text
   */
  Miniscript(Expression expression, List<K> keys) {
    this.expression = expression;
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads the text of an expression, which need not be a valid one.
   *
   * @throws MiniscriptException if it is none, or of a script that is too long
   * @throws WalletException from the keys
   */
  public static <K> Miniscript<K> parse(String text, ScriptContext context, KeyReader<K> keys)
      throws MiniscriptException, WalletException {
    return new MiniscriptParser<>(text, context, keys).parse();
  }

  /** The valid expression that a script comes from, if there is one and all keys are known. */
  public static <K> Optional<Miniscript<K>> decode(
      Script script, ScriptContext context, KeyFinder<K> keys) {
    return new ScriptDecoder<>(context, keys).decode(script);
  }

  /** In the order of the text. */
  public List<K> keys() {
    return keys;
  }

  public ScriptContext context() {
    return expression.context();
  }

  Expression expression() {
    return expression;
  }

  /** The same expression with other keys. */
  public <L> Miniscript<L> withKeys(Function<? super K, ? extends L> change) {
    List<L> changed = keys.stream().<L>map(change).toList();
    return new Miniscript<>(expression, changed);
  }

  /** The text, its keys written as the function says. */
  public String write(Function<? super K, String> keyText) {
    return new MiniscriptWriter(expression, keys.stream().map(keyText).toList()).write();
  }

  /**
   * The script.
   *
   * @param publicKey of a key: 33 bytes, or 32 in tapscript
   */
  public Script toScript(Function<? super K, byte[]> publicKey) {
    return new ScriptWriter(expression, keys.stream().map(publicKey).toList()).write();
  }

  /** Whether it is well typed as a whole, and its script not too long. */
  public boolean isValid() {
    return expression.type().is(Type.Property.B)
        && Limits.isSizeAllowed(Bounds.of(expression), expression.context());
  }

  /**
   * Whether what it seems to say is what its script does, and nobody can spend it without a key or
   * change a witness that somebody else made.
   *
   * @param identity of a key: the same for keys that one can sign for with the other
   */
  public boolean isSane(Function<? super K, ?> identity) {
    return isValid() && insanity(identity).isEmpty();
  }

  /** Why it is not sane, in Bitcoin Core's words; keys are written as they are. */
  public Optional<Insanity> insanity(Function<? super K, ?> identity) {
    return Insanity.of(this, identity);
  }

  /** Whether no witness satisfies it, whatever keys there are. */
  public boolean isUnsatisfiable() {
    return !Bounds.of(expression).sat().isPossible();
  }

  /** The most bytes of a satisfaction, with the items' lengths; empty where there is none. */
  public OptionalInt maxWitnessSize() {
    Cost sat = Bounds.of(expression).sat();
    return sat.isPossible() ? OptionalInt.of(sat.witnessSize()) : OptionalInt.empty();
  }

  /** The most items of a satisfaction; empty where there is none. */
  public OptionalInt maxWitnessItems() {
    Cost sat = Bounds.of(expression).sat();
    return sat.isPossible() ? OptionalInt.of(sat.taken() + 1) : OptionalInt.empty();
  }

  /** The relative locks that it asks for, as they stand in it. */
  public List<Integer> relativeLocks() {
    return expression.fragments().stream()
        .filter(fragment -> fragment.kind() == Fragment.Kind.OLDER)
        .map(fragment -> ((Fragment.Lock) fragment).value())
        .toList();
  }

  /** The witness that satisfies it with what there is, if it can be (BIP-0379, satisfaction). */
  public Optional<Satisfaction> satisfy(SatisfactionSource<? super K> source) {
    return new Satisfier<>(this, source).satisfy();
  }

  /** Whether some keys suffice, if all preimages are known and all times have come. */
  public boolean isSatisfiableWith(Predicate<? super K> own) {
    return satisfy(new OwnKeys<>(own)).filter(Satisfaction::hasSignature).isPresent();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Miniscript<?> that
        && expression.equals(that.expression)
        && keys.equals(that.keys);
  }

  @Override
  public int hashCode() {
    return Objects.hash(expression, keys);
  }

  @Override
  public String toString() {
    return write(Object::toString);
  }
}
