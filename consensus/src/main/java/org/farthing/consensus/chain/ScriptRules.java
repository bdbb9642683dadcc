package org.farthing.consensus.chain;

import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.params.KnownChain;
import org.farthing.consensus.script.ScriptFlag;
import org.farthing.consensus.script.ScriptFlags;

/** The rules for the scripts of a block. */
public final class ScriptRules {
  /** All blocks but {@link KnownChain#scriptFlagExceptions} keep these, also before their time. */
  private static final ScriptFlags FROM_THE_BEGINNING =
      ScriptFlags.of(ScriptFlag.P2SH, ScriptFlag.WITNESS, ScriptFlag.TAPROOT);

  private ScriptRules() {}

  /** The rules for a block in its place. */
  public static ScriptFlags of(HeaderNode block, ConsensusParams params) {
    ScriptFlags exception = params.known().scriptFlagExceptions().get(block.hash());
    return withDeployments(
        exception != null ? exception : FROM_THE_BEGINNING, block.height(), params);
  }

  /** The rules for a block at {@code height} that is still to come. */
  public static ScriptFlags at(int height, ConsensusParams params) {
    return withDeployments(FROM_THE_BEGINNING, height, params);
  }

  private static ScriptFlags withDeployments(
      ScriptFlags start, int height, ConsensusParams params) {
    ScriptFlags flags = start;
    if (params.isActive(Deployment.BIP66, height)) {
      flags = flags.with(ScriptFlag.DERSIG);
    }
    if (params.isActive(Deployment.BIP65, height)) {
      flags = flags.with(ScriptFlag.CHECKLOCKTIMEVERIFY);
    }
    if (params.isActive(Deployment.CSV, height)) {
      flags = flags.with(ScriptFlag.CHECKSEQUENCEVERIFY);
    }
    if (params.isActive(Deployment.SEGWIT, height)) {
      flags = flags.with(ScriptFlag.NULLDUMMY);
    }
    return flags;
  }
}
