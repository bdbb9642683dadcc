package org.farthing.consensus.script;

import java.util.Random;

/** Sets of rules, as Bitcoin Core's own tests write and vary them. */
final class FlagSets {
  static final ScriptFlags ALL = ScriptFlags.of(ScriptFlag.values());

  private FlagSets() {}

  /** Names with commas between; an unknown name is an error. */
  static ScriptFlags parse(String names) {
    if (names.isEmpty() || names.equals("NONE")) {
      return ScriptFlags.NONE;
    }
    ScriptFlags flags = ScriptFlags.NONE;
    for (String name : names.split(",", -1)) {
      flags = flags.with(ScriptFlag.valueOf(name));
    }
    return flags;
  }

  /** Without rules that have no meaning without another. */
  static ScriptFlags trim(ScriptFlags flags) {
    ScriptFlags result = flags.has(ScriptFlag.P2SH) ? flags : flags.without(ScriptFlag.WITNESS);
    return result.has(ScriptFlag.WITNESS) ? result : result.without(ScriptFlag.CLEANSTACK);
  }

  /** With the rules that others have no meaning without. */
  static ScriptFlags fill(ScriptFlags flags) {
    ScriptFlags result = flags.has(ScriptFlag.CLEANSTACK) ? flags.with(ScriptFlag.WITNESS) : flags;
    return result.has(ScriptFlag.WITNESS) ? result.with(ScriptFlag.P2SH) : result;
  }

  static ScriptFlags random(Random random) {
    ScriptFlags flags = ScriptFlags.NONE;
    for (ScriptFlag flag : ScriptFlag.values()) {
      flags = random.nextBoolean() ? flags.with(flag) : flags;
    }
    return flags;
  }
}
