package org.farthing.consensus.script;

/**
 * Rules of script verification that can be switched on one by one. Each is a soft fork or less:
 * what a set of rules accepts, any smaller set accepts too. Names are Bitcoin Core's.
 */
public enum ScriptFlag {
  /** Executes the script behind a script hash (BIP-0016). */
  P2SH,

  /** Policy: strict DER, defined hash types, well-formed public keys. */
  STRICTENC,

  /** Strict DER (BIP-0066). */
  DERSIG,

  /** Policy: strict DER, and s at most n / 2 (BIP-0062 rule 5). */
  LOW_S,

  /** The superfluous item that CHECKMULTISIG takes must be empty (BIP-0147). */
  NULLDUMMY,

  /** Nothing but pushes in scriptSig (BIP-0062 rule 2). */
  SIGPUSHONLY,

  /** Policy: shortest pushes, shortest numbers (BIP-0062 rules 3 and 4). */
  MINIMALDATA,

  /** Policy: no instructions that are reserved for soft forks. */
  DISCOURAGE_UPGRADABLE_NOPS,

  /** Policy: one item is left over (BIP-0062 rule 6). Goes with P2SH and WITNESS only. */
  CLEANSTACK,

  /** BIP-0065. */
  CHECKLOCKTIMEVERIFY,

  /** BIP-0112. */
  CHECKSEQUENCEVERIFY,

  /** Segregated witness (BIP-0141, BIP-0143). Goes with P2SH only. */
  WITNESS,

  /** Policy: no witness programs of versions without meaning. */
  DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM,

  /** Policy, in witness scripts of version 0: the argument of IF is empty or 1. */
  MINIMALIF,

  /** Policy: a signature that fails is empty (BIP-0146). */
  NULLFAIL,

  /** Policy, in witness scripts of version 0: public keys are compressed. */
  WITNESS_PUBKEYTYPE,

  /** Policy, before segregated witness: no CODESEPARATOR, no signature inside its own script. */
  CONST_SCRIPTCODE,

  /** Taproot and tapscript (BIP-0341, BIP-0342). */
  TAPROOT,

  /** Policy: no leaf versions without meaning. */
  DISCOURAGE_UPGRADABLE_TAPROOT_VERSION,

  /** Policy: no instructions that make a tapscript succeed. */
  DISCOURAGE_OP_SUCCESS,

  /** Policy, in tapscript: no public keys of sizes without meaning. */
  DISCOURAGE_UPGRADABLE_PUBKEYTYPE
}
