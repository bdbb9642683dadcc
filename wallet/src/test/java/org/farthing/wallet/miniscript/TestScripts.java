package org.farthing.wallet.miniscript;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.testing.TestKey;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/** Miniscripts whose keys are letters: {@code pk(A)}; each is a test key, in order. */
final class TestScripts implements KeyFinder<String> {
  static final String NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final ScriptContext context;
  private final Map<ByteString, String> nameByKey = new HashMap<>();
  private final Map<ByteString, String> nameByHash = new HashMap<>();

  TestScripts(ScriptContext context) {
    this.context = context;
    for (int i = 0; i < NAMES.length(); i++) {
      String name = NAMES.substring(i, i + 1);
      ByteString bytes = ByteString.of(keyBytes(name));
      nameByKey.put(bytes, name);
      nameByHash.put(ByteString.of(Hash160.hash(bytes.toByteArray())), name);
    }
  }

  private static final List<TestKey> KEYS =
      IntStream.rangeClosed(1, NAMES.length()).mapToObj(TestKey::number).toList();

  static TestKey key(String name) {
    return KEYS.get(NAMES.indexOf(name));
  }

  ScriptContext context() {
    return context;
  }

  byte[] keyBytes(String name) {
    byte[] full = key(name).publicKey();
    return context == ScriptContext.P2WSH
        ? full
        : Arrays.copyOfRange(full, 1, Secp256k1.COMPRESSED_SIZE);
  }

  Miniscript<String> parse(String text) throws MiniscriptException, WalletException {
    return Miniscript.parse(text, context, TestScripts::name);
  }

  private static String name(String text) throws WalletException {
    if (text.length() != 1 || !NAMES.contains(text)) {
      throw new WalletException(WalletError.INVALID_KEY, "'" + text + "' is no key");
    }
    return text;
  }

  Script script(Miniscript<String> miniscript) {
    return miniscript.toScript(this::keyBytes);
  }

  Optional<Miniscript<String>> decode(Script script) {
    return Miniscript.decode(script, context, this);
  }

  @Override
  public Optional<String> key(ByteString key) {
    return Optional.ofNullable(nameByKey.get(key));
  }

  @Override
  public Optional<String> keyOfHash(ByteString hash) {
    return Optional.ofNullable(nameByHash.get(hash));
  }
}
