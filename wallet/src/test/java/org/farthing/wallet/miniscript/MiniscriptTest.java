package org.farthing.wallet.miniscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.testing.ScriptText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MiniscriptTest {
  private static final String H32 = "11".repeat(32);
  private static final String H20 = "22".repeat(20);

  private final TestScripts wsh = new TestScripts(ScriptContext.P2WSH);
  private final TestScripts tap = new TestScripts(ScriptContext.TAPSCRIPT);

  private TestScripts scripts(ScriptContext context) {
    return context == ScriptContext.P2WSH ? wsh : tap;
  }

  /**
   * The translation table of BIP-0379, row by row; a word in brackets is the script of that key.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "1 | 1",
        "pk_k(A) | <A>",
        "pk_h(A) | DUP HASH160 <#A> EQUALVERIFY",
        "pk(A) | <A> CHECKSIG",
        "pkh(A) | DUP HASH160 <#A> EQUALVERIFY CHECKSIG",
        "older(144) | 144 CHECKSEQUENCEVERIFY",
        "after(5) | 5 CHECKLOCKTIMEVERIFY",
        "sha256(H32) | SIZE 32 EQUALVERIFY SHA256 <H32> EQUAL",
        "hash256(H32) | SIZE 32 EQUALVERIFY HASH256 <H32> EQUAL",
        "ripemd160(H20) | SIZE 32 EQUALVERIFY RIPEMD160 <H20> EQUAL",
        "hash160(H20) | SIZE 32 EQUALVERIFY HASH160 <H20> EQUAL",
        "andor(pk(A),pk(B),pk(C)) |" + " <A> CHECKSIG NOTIF <C> CHECKSIG ELSE <B> CHECKSIG ENDIF",
        "and_v(v:pk(A),pk(B)) | <A> CHECKSIGVERIFY <B> CHECKSIG",
        "and_b(pk(A),s:pk(B)) | <A> CHECKSIG SWAP <B> CHECKSIG BOOLAND",
        "and_n(pk(A),pk(B)) | <A> CHECKSIG NOTIF 0 ELSE <B> CHECKSIG ENDIF",
        "or_b(pk(A),a:pk(B)) |" + " <A> CHECKSIG TOALTSTACK <B> CHECKSIG FROMALTSTACK BOOLOR",
        "or_c(pk(A),v:pk(B)) | <A> CHECKSIG NOTIF <B> CHECKSIGVERIFY ENDIF",
        "or_d(pk(A),pk(B)) | <A> CHECKSIG IFDUP NOTIF <B> CHECKSIG ENDIF",
        "or_i(pk(A),pk(B)) | IF <A> CHECKSIG ELSE <B> CHECKSIG ENDIF",
        "thresh(2,pk(A),s:pk(B),a:pk(C)) |"
            + " <A> CHECKSIG SWAP <B> CHECKSIG ADD TOALTSTACK <C> CHECKSIG FROMALTSTACK ADD 2"
            + " EQUAL",
        "t:v:1 | 1 VERIFY 1",
        "dv:older(144) | DUP IF 144 CHECKSEQUENCEVERIFY VERIFY ENDIF",
        "v:sha256(H32) | SIZE 32 EQUALVERIFY SHA256 <H32> EQUALVERIFY",
        "v:thresh(1,pk(A)) | <A> CHECKSIG 1 EQUALVERIFY",
        "v:s:pk(A) | SWAP <A> CHECKSIGVERIFY",
        "v:and_v(v:pk(A),pk(B)) | <A> CHECKSIGVERIFY <B> CHECKSIGVERIFY",
        "j:pk(A) | SIZE 0NOTEQUAL IF <A> CHECKSIG ENDIF",
        "n:pk(A) | <A> CHECKSIG 0NOTEQUAL",
        "l:pk(A) | IF 0 ELSE <A> CHECKSIG ENDIF",
        "u:pk(A) | IF <A> CHECKSIG ELSE 0 ENDIF",
      })
  void everyFragmentHasItsScript(String text, String words) throws Exception {
    for (ScriptContext context : ScriptContext.values()) {
      TestScripts scripts = scripts(context);
      String filled = text.replace("H32", H32).replace("H20", H20).replace("t:v:", "tv:");
      Miniscript<String> miniscript = scripts.parse(filled.replace("v:s:", "vs:"));
      assertThat(scripts.script(miniscript).toHex())
          .isEqualTo(compiled(words, scripts::keyBytes).toHex());
    }
  }

  private static Script compiled(String words, Function<String, byte[]> keys) {
    ScriptBuilder script = new ScriptBuilder();
    for (String word : words.split(" ", -1)) {
      if (word.startsWith("<#")) {
        script.push(Hash160.hash(keys.apply(word.substring(2, 3))));
      } else if (word.startsWith("<H")) {
        script.push(Hex.constant(word.equals("<H32>") ? H32 : H20));
      } else if (word.startsWith("<")) {
        script.push(keys.apply(word.substring(1, 2)));
      } else if (word.matches("[0-9]+")) {
        script.number(Long.parseLong(word));
      } else {
        script.append(ScriptText.parse(word));
      }
    }
    return script.build();
  }

  @Test
  void multisigIsAnotherFragmentInEachContext() throws Exception {
    assertThat(wsh.script(wsh.parse("multi(2,A,B,C)")))
        .isEqualTo(compiled("2 <A> <B> <C> 3 CHECKMULTISIG", wsh::keyBytes));
    assertThat(tap.script(tap.parse("v:multi_a(2,A,B)")).toByteArray())
        .endsWith(Opcode.OP_CHECKSIGADD, Opcode.OP_2, Opcode.OP_NUMEQUALVERIFY);
    assertThatThrownBy(() -> wsh.parse("multi_a(1,A)"))
        .hasMessage("at character 9: multi_a is only for tapscript; there is multi instead");
    assertThatThrownBy(() -> tap.parse("multi(1,A)"))
        .hasMessage("at character 7: tapscript has multi_a instead of multi");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c:pk_k(A) | pk(A)",
        "c:pk_h(A) | pkh(A)",
        "vc:pk_k(A) | v:pk(A)",
        "and_v(v:pk(A),1) | tv:pk(A)",
        "or_i(0,pk(A)) | l:pk(A)",
        "or_i(pk(A),0) | u:pk(A)",
        "or_i(0,0) | l:0",
        "andor(pk(A),pk(B),0) | and_n(pk(A),pk(B))",
        "or_i(0,or_i(pk(A),0)) | lu:pk(A)",
        "older(0144) | older(144)",
        "and_v(or_c(pk(A),v:older(1)),1) | t:or_c(pk(A),v:older(1))",
      })
  void textsAreWrittenInTheirShortestForm(String text, String written) throws Exception {
    Miniscript<String> miniscript = wsh.parse(text);
    assertThat(miniscript).hasToString(written);
    assertThat(wsh.parse(written)).isEqualTo(miniscript).hasSameHashCodeAs(miniscript);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\" | at character 1: a fragment is missing",
        "and_v(v:pk(A) | at character 14: expected ',', but the text ends",
        "and_v(v:pk(A),) | at character 15: a fragment is missing",
        "and_v(v:pk(A),pk(B),pk(C)) | at character 20: expected ')', not ','",
        "pk(A)) | at character 6: the expression ends here, but ')' follows",
        "foo(A) | at character 1: there is no fragment 'foo'",
        "vq:pk(A) | at character 2: there is no wrapper 'q:'; there are a, s, c, d, v, j, n, t,"
            + " l and u",
        "vv:pk(A) | at character 2: 'v:' cannot wrap 'v:'",
        "and_b(pk(A),x) | at character 13: 'x' is none: a fragment's arguments stand in brackets",
        "older(0) | at character 7: a lock is a number from 1 to 2147483647, not '0'",
        "older(2147483648) | at character 7: a lock is a number from 1 to 2147483647, not"
            + " '2147483648'",
        "after(-1) | at character 7: a lock is a number from 1 to 2147483647, not '-1'",
        "after(+1) | at character 7: a lock is a number from 1 to 2147483647, not '+1'",
        "sha256(00) | at character 8: sha256 has 64 hexadecimal digits, not 2",
        "thresh(3,pk(A),s:pk(B)) | at character 8: the threshold 3 is above the number of"
            + " expressions, 2",
        "thresh(0,pk(A)) | at character 8: a threshold is a number from 1 to 2147483647, not '0'",
        "multi(3,A,B) | at character 7: the threshold 3 is above the number of keys, 2",
        "multi(1) | at character 8: expected ',', not ')'",
        "pk(a) | \"'a' is no key\"",
      })
  void errorsSayWhereAndWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> wsh.parse(text)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "and_b(ripemd160(H20),a:1) | and_b(ripemd160(H20),a:1) is not sane: witnesses without"
            + " signature exist",
        "0 | 0 is not satisfiable",
        "and_v(pk(A),pk(B)) | and_v(pk(A),pk(B)) is invalid",
        "or_d(pk(A),or_i(after(1),after(2))) | or_i(after(1),after(2)) is not sane: malleable"
            + " witnesses exist",
        "and_v(v:pk(A),and_v(v:after(1),after(1000000000))) |"
            + " and_v(v:after(1),after(1000000000)) is not sane: contains mixes of timelocks"
            + " expressed in blocks and seconds",
        "or_i(and_b(pk(A),s:pk(B)),pkh(A)) | or_i(and_b(pk(A),s:pk(B)),pkh(A)) is not sane:"
            + " contains duplicate public keys",
        "and_v(v:pk(A),v:pk(B)) | and_v(v:pk(A),v:pk(B)) is not sane",
      })
  void whatIsNotSaneIsToldByTheFirstPartThatIsNot(String text, String message) throws Exception {
    Optional<Insanity> insanity = wsh.parse(text.replace("H20", H20)).insanity(Function.identity());
    assertThat(insanity.map(Insanity::text)).contains(message.replace("H20", H20));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 101})
  void aHundredItemsOfAWitnessAreTheMostBeforeTapscript(int count) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < count; i++) {
      text.append("and_v(v:pk(key").append(i).append("),");
    }
    text.append("pk(last)").append(")".repeat(count - 1));
    Miniscript<String> miniscript =
        Miniscript.parse(text.toString(), ScriptContext.P2WSH, key -> key);
    assertThat(miniscript.isValid()).isTrue();
    assertThat(miniscript.maxWitnessItems()).hasValue(count);
    assertThat(miniscript.isSane(Function.identity())).isEqualTo(count == 100);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201})
  void twoHundredAndOneOpcodesAreTheMostBeforeTapscript(int wrappers) throws Exception {
    String text = "n".repeat(wrappers) + ":pk(A)";
    assertThat(wsh.parse(text).isSane(Function.identity())).isEqualTo(wrappers == 200);
    assertThat(tap.parse(text).isSane(Function.identity())).isTrue();
    assertThat(wsh.parse(text).insanity(Function.identity()).map(Insanity::reason))
        .isEqualTo(wrappers == 200 ? Optional.empty() : Optional.of(Insanity.Reason.LIMITS));
  }

  @ParameterizedTest
  @ValueSource(ints = {998, 999})
  void aThousandItemsOnTheStackAreTheMostInTapscript(int count) throws Exception {
    String text = "and_b(older(1),a:".repeat(count) + "pk(A)" + ")".repeat(count);
    assertThat(tap.parse(text).isSane(Function.identity())).isEqualTo(count == 998);
  }

  @ParameterizedTest
  @EnumSource(ScriptContext.class)
  void aScriptIsNotLongerThanWhatIsRelayed(ScriptContext context) throws Exception {
    TestScripts scripts = scripts(context);
    int room = context.maxScriptSize() - (context == ScriptContext.P2WSH ? 35 : 34);
    Miniscript<String> longest = scripts.parse("n".repeat(room) + ":pk(A)");
    Script script = scripts.script(longest);
    assertThat(script.size()).isEqualTo(context.maxScriptSize());
    assertThat(longest.isValid()).isTrue();
    assertThat(scripts.decode(script)).contains(longest);
    assertThat(longest.toString()).hasSize(room + 6);
    assertThatThrownBy(() -> scripts.parse("n".repeat(room + 1) + ":pk(A)"))
        .isInstanceOf(MiniscriptException.class)
        .hasMessageContaining("but may have %d at most".formatted(context.maxScriptSize()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A push that is not the shortest, VERIFY behind what has a form with it, a key without end
        "4c2103a0434d9e47f3c86235477c7b1ae6ae5d3442d49b1943c2b752a68e2a47e247c7ac",
        "2103a0434d9e47f3c86235477c7b1ae6ae5d3442d49b1943c2b752a68e2a47e247c7ac6951",
        "2103a0",
        "",
        "0020b2",
        "ae",
        "87",
        "68",
        "6768",
        "9a",
      })
  void otherScriptsAreNone(String hex) throws Exception {
    for (ScriptContext context : ScriptContext.values()) {
      assertThat(scripts(context).decode(Script.parse(hex))).isEmpty();
    }
  }

  @Test
  void keysAreReplacedInTheirOrder() throws Exception {
    Miniscript<String> miniscript = wsh.parse("or_d(multi(1,C,A),and_v(v:pkh(B),older(9)))");
    assertThat(miniscript.keys()).isEqualTo(List.of("C", "A", "B"));
    assertThat(miniscript.withKeys(String::toLowerCase).toString())
        .isEqualTo("or_d(multi(1,c,a),and_v(v:pkh(b),older(9)))");
    assertThat(wsh.decode(wsh.script(miniscript))).contains(miniscript);
    assertThat(miniscript.relativeLocks()).containsExactly(9);
    assertThat(miniscript.maxWitnessItems()).hasValue(4);
  }
}
