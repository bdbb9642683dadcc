package org.farthing.node.mempool;

/** Why a node keeps out what a block may contain: Bitcoin Core's string, and the rule. */
public enum PolicyReason {
  COINBASE("coinbase", Kind.CONSENSUS, "A coinbase stands only in a block."),
  VERSION("version", Kind.NOT_STANDARD, "The version is not one of 1, 2 and 3."),
  TX_SIZE("tx-size", Kind.NOT_STANDARD, "The weight is more than 400,000."),
  TX_SIZE_SMALL(
      "tx-size-small",
      Kind.NOT_STANDARD,
      "Without witness it has less than 65 bytes, as an inner node of a merkle tree"
          + " (CVE-2017-12842)."),
  SCRIPTSIG_SIZE("scriptsig-size", Kind.NOT_STANDARD, "An input script has more than 1,650 bytes."),
  SCRIPTSIG_NOT_PUSHONLY(
      "scriptsig-not-pushonly", Kind.NOT_STANDARD, "An input script does more than push data."),
  SCRIPTPUBKEY("scriptpubkey", Kind.NOT_STANDARD, "An output script has no usual form."),
  DATACARRIER("datacarrier", Kind.NOT_STANDARD, "The data outputs are too large."),
  BARE_MULTISIG("bare-multisig", Kind.NOT_STANDARD, "An output names its several keys openly."),
  DUST(
      "dust",
      Kind.NOT_STANDARD,
      "Outputs would cost more to spend than they are worth, or one does and a fee is paid."),
  MISSING_EPHEMERAL_SPENDS(
      "missing-ephemeral-spends",
      Kind.MEMPOOL_POLICY,
      "A waiting transaction's dust is not spent together with its other outputs."),
  NONSTANDARD_INPUTS(
      "bad-txns-nonstandard-inputs",
      Kind.INPUTS_NOT_STANDARD,
      "A spent output has no usual form, or asks for too many signature operations."),
  WITNESS_NONSTANDARD(
      "bad-witness-nonstandard", Kind.WITNESS_MUTATED, "A witness is larger than it need be."),
  TOO_MANY_SIGOPS(
      "bad-txns-too-many-sigops",
      Kind.NOT_STANDARD,
      "Signature operations cost more than a fifth of a block's."),
  NON_FINAL("non-final", Kind.PREMATURE, "The lock time has not come."),
  NON_BIP68_FINAL(
      "non-BIP68-final", Kind.PREMATURE, "A relative lock time has not passed (BIP-0068)."),
  ALREADY_IN_MEMPOOL("txn-already-in-mempool", Kind.CONFLICT, "It waits already."),
  SAME_NONWITNESS_DATA(
      "txn-same-nonwitness-data-in-mempool",
      Kind.CONFLICT,
      "It waits already with another witness."),
  ALREADY_KNOWN("txn-already-known", Kind.CONFLICT, "It is confirmed already."),
  SPENDS_CONFLICTING(
      "bad-txns-spends-conflicting-tx",
      Kind.CONSENSUS,
      "It spends from a transaction that it would push out."),
  TOO_MANY_REPLACEMENTS(
      "too many potential replacements",
      Kind.MEMPOOL_POLICY,
      "It would push transactions out of too many clusters."),
  REPLACEMENT_DISALLOWED(
      "bip125-replacement-disallowed",
      Kind.MEMPOOL_POLICY,
      "It would push out others where only a test of several transactions was asked for."),
  INSUFFICIENT_FEE(
      "insufficient fee",
      Kind.RECONSIDERABLE,
      "It pays less than what it pushes out, or not enough more for its own way."),
  REPLACEMENT_FAILED(
      "replacement-failed",
      Kind.RECONSIDERABLE,
      "Miners would not be better off with it in every case."),
  MINIMUM_RELAY_FEE(
      "min relay fee not met", Kind.RECONSIDERABLE, "The fee is too low to be passed on."),
  MEMPOOL_MINIMUM_FEE(
      "mempool min fee not met",
      Kind.RECONSIDERABLE,
      "The fee is lower than that of transactions that had to go."),
  MEMPOOL_FULL("mempool full", Kind.RECONSIDERABLE, "There is no room for what pays so little."),
  NO_ROOM_FOR_PACKAGE(
      "mempool full",
      Kind.MEMPOOL_POLICY,
      "There is no room for it, although it came with what pays for it."),
  MAX_FEERATE(
      "max feerate exceeded", Kind.MEMPOOL_POLICY, "It pays more than who sends it wants to pay."),
  TRUC_VIOLATION(
      "TRUC-violation",
      Kind.MEMPOOL_POLICY,
      "A transaction of version 3 is too large, or has more relatives than one (BIP-0431)."),
  TOO_LARGE_CLUSTER(
      "too-large-cluster",
      Kind.MEMPOOL_POLICY,
      "Too many waiting transactions would hang together."),
  SCRIPT(
      "mempool-script-verify-flag-failed",
      Kind.NOT_STANDARD,
      "A script fails under the rules for relayed transactions."),
  SCRIPT_WITHOUT_WITNESS(
      "mempool-script-verify-flag-failed",
      Kind.WITNESS_STRIPPED,
      "A script fails, perhaps only because somebody took the witness away.");

  /** What follows from a refusal. */
  public enum Kind {
    /** No block can contain it. */
    CONSENSUS,
    /** Its form is refused, whatever it spends. */
    NOT_STANDARD,
    /** What it spends has a form that is refused. */
    INPUTS_NOT_STANDARD,
    /** It may be welcome later. */
    PREMATURE,
    /** It, or its like, is already here or in the chain. */
    CONFLICT,
    /** The same transaction with its witness may be welcome. */
    WITNESS_STRIPPED,
    /** The same transaction with another witness may be welcome. */
    WITNESS_MUTATED,
    /** What waits here speaks against it. */
    MEMPOOL_POLICY,
    /** It may be welcome together with others. */
    RECONSIDERABLE
  }

  private final String label;
  private final Kind kind;
  private final String sentence;

  PolicyReason(String label, Kind kind, String sentence) {
    this.label = label;
    this.kind = kind;
    this.sentence = sentence;
  }

  /** Bitcoin Core's string for it. */
  public String label() {
    return label;
  }

  public Kind kind() {
    return kind;
  }

  /** The rule that is broken, for people. */
  public String sentence() {
    return sentence;
  }
}
