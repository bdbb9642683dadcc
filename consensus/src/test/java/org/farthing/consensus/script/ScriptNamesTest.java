package org.farthing.consensus.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What others read: names of outputs and rules, sentences of errors. */
class ScriptNamesTest {
  @ParameterizedTest
  @CsvSource({
    "NONSTANDARD, nonstandard",
    "ANCHOR, anchor",
    "P2PK, pubkey",
    "P2PKH, pubkeyhash",
    "P2SH, scripthash",
    "MULTISIG, multisig",
    "NULL_DATA, nulldata",
    "P2WPKH, witness_v0_keyhash",
    "P2WSH, witness_v0_scripthash",
    "P2TR, witness_v1_taproot",
    "WITNESS_UNKNOWN, witness_unknown"
  })
  void outputs(OutputType type, String name) {
    assertThat(type.rpcName()).isEqualTo(name);
  }

  /** Some that tests of nodes look for, as Bitcoin Core says them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OK | No error",
        "EVAL_FALSE | Script evaluated without error but finished with a false/empty top stack"
            + " element",
        "UNSATISFIED_LOCKTIME | Locktime requirement not satisfied",
        "SIG_DER | Non-canonical DER signature",
        "SIG_NULLDUMMY | Dummy CHECKMULTISIG argument must be zero",
        "DISCOURAGE_UPGRADABLE_NOPS | NOPx reserved for soft-fork upgrades",
        "WITNESS_PROGRAM_WITNESS_EMPTY | Witness program was passed an empty witness",
        "SCHNORR_SIG | Invalid Schnorr signature"
      })
  void errors(ScriptError error, String text) {
    assertThat(error.text()).isEqualTo(text);
  }

  @Test
  void noTwoErrorsSayTheSame() {
    assertThat(Arrays.stream(ScriptError.values()).map(ScriptError::text))
        .doesNotHaveDuplicates()
        .noneMatch(String::isEmpty);
  }

  @Test
  void setsOfRulesAreWrittenAsInVectors() {
    assertThat(ScriptFlags.NONE).hasToString("NONE");
    assertThat(ScriptFlags.of(ScriptFlag.WITNESS, ScriptFlag.P2SH)).hasToString("P2SH,WITNESS");
  }

  @ParameterizedTest
  @EnumSource
  void setsOfRulesAreValues(ScriptFlag flag) {
    ScriptFlags one = ScriptFlags.of(flag);
    assertThat(one).isEqualTo(ScriptFlags.NONE.with(flag)).isNotEqualTo(ScriptFlags.NONE);
    assertThat(one).hasSameHashCodeAs(ScriptFlags.NONE.with(flag));
    Set<ScriptFlags> all =
        new HashSet<>(Stream.of(ScriptFlag.values()).map(ScriptFlags::of).toList());
    assertThat(all).hasSize(ScriptFlag.values().length).contains(one);
    assertThat(all.stream().map(ScriptFlags::hashCode)).doesNotHaveDuplicates();
  }
}
