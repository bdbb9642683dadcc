package org.farthing.wallet.miniscript;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.primitives.Script;
import org.farthing.testing.Decoding;

/** Texts with letters for keys, and scripts, in which the first byte says of which context. */
class MiniscriptFuzzTest {
  /** Whatever has the size of a key is one; of hashes nobody knows the keys. */
  private record AnyKeys(ScriptContext context) implements KeyFinder<ByteString> {
    @Override
    public Optional<ByteString> key(ByteString key) {
      return Optional.of(key);
    }

    @Override
    public Optional<ByteString> keyOfHash(ByteString hash) {
      return Optional.empty();
    }
  }

  private static ScriptContext context(byte[] input) {
    return (input[0] & 1) == 0 ? ScriptContext.P2WSH : ScriptContext.TAPSCRIPT;
  }

  @FuzzTest
  void text(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    ScriptContext context = context(input);
    TestScripts scripts = new TestScripts(context);
    String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    Optional<Miniscript<String>> read = parse(scripts, text);
    if (read.isEmpty()) {
      return;
    }
    Miniscript<String> miniscript = read.get();
    assertThat(scripts.parse(miniscript.toString())).isEqualTo(miniscript);
    Script script = scripts.script(miniscript);
    assertThat(script.size()).isEqualTo(Bounds.of(miniscript.expression()).scriptSize());
    if (miniscript.isValid()) {
      assertThat(scripts.decode(script).map(scripts::script)).contains(script);
    }
  }

  /** A key that is none is refused by who reads it, and not by the parser. */
  private static Optional<Miniscript<String>> parse(TestScripts scripts, String text)
      throws Exception {
    return Decoding.ofText(
        text.length(),
        MiniscriptException.class,
        () ->
            Miniscript.parse(
                text,
                scripts.context(),
                key -> TestScripts.NAMES.contains(key) && key.length() == 1 ? key : "A"));
  }

  @FuzzTest
  void script(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    ScriptContext context = context(input);
    Script script = Script.of(Arrays.copyOfRange(input, 1, input.length));
    // Opcodes are compared one by one, which a fuzzer at work copies: bounded as texts are.
    Optional<Miniscript<ByteString>> found =
        Decoding.ofText(
                script.size(),
                MiniscriptException.class,
                () -> Miniscript.decode(script, context, new AnyKeys(context)))
            .flatMap(decoded -> decoded);
    if (found.isPresent()) {
      assertThat(found.get().isValid()).isTrue();
      assertThat(found.get().toScript(ByteString::toByteArray)).isEqualTo(script);
      assertThat(found.get().insanity(key -> key)).isNotNull();
    }
  }
}
