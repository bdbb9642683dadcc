package org.farthing.consensus.validation;

/** Why something is refused: Bitcoin Core's string, and the rule in a sentence. */
public enum RejectReason {
  // Headers.
  HIGH_HASH("high-hash", "The hash of the header is above its target."),
  BAD_DIFFBITS("bad-diffbits", "The target is not the one that the rules ask for at this height."),
  TIME_TOO_OLD("time-too-old", "The time is not after the median of the eleven blocks before."),
  TIME_TIMEWARP_ATTACK(
      "time-timewarp-attack",
      "The first block of a period is more than 600 seconds older than its parent (BIP-0094)."),
  TIME_TOO_NEW(
      "time-too-new", Kind.PREMATURE, "The time is more than two hours ahead of the clock."),
  BAD_VERSION("bad-version", "A deployment in force asks for a higher block version."),
  PREV_BLK_NOT_FOUND("prev-blk-not-found", Kind.PREMATURE, "The block before is not known."),
  BAD_PREVBLK("bad-prevblk", "A block before breaks a rule."),
  TOO_LITTLE_CHAINWORK(
      "too-little-chainwork",
      Kind.PREMATURE,
      "The branch has too little work to spend memory on it; with more it is taken."),
  DUPLICATE_INVALID("duplicate-invalid", "The block was found invalid earlier."),

  // Bodies of blocks.
  BAD_SIGNET_BLKSIG(
      "bad-signet-blksig", "The block does not satisfy the challenge of its signet (BIP-0325)."),
  BAD_TXNMRKLROOT(
      "bad-txnmrklroot", Kind.MUTATED, "The transactions are not those that the header names."),
  BAD_TXNS_DUPLICATE(
      "bad-txns-duplicate",
      Kind.MUTATED,
      "Transactions are repeated so that the merkle root stays the same (CVE-2012-2459)."),
  BAD_BLK_LENGTH("bad-blk-length", "The block is empty, or too large even without witnesses."),
  BAD_CB_MISSING("bad-cb-missing", "The first transaction is not a coinbase."),
  BAD_CB_MULTIPLE("bad-cb-multiple", "A transaction after the first is a coinbase."),
  BAD_CB_HEIGHT("bad-cb-height", "The coinbase does not begin with the height (BIP-0034)."),
  BAD_WITNESS_NONCE_SIZE(
      "bad-witness-nonce-size",
      Kind.MUTATED,
      "The coinbase's witness is not one item of 32 bytes (BIP-0141)."),
  BAD_WITNESS_MERKLE_MATCH(
      "bad-witness-merkle-match",
      Kind.MUTATED,
      "The witnesses are not those that the coinbase commits to (BIP-0141)."),
  UNEXPECTED_WITNESS(
      "unexpected-witness", Kind.MUTATED, "There are witnesses that nothing commits to."),
  BAD_BLK_WEIGHT("bad-blk-weight", "The block weighs more than 4,000,000 (BIP-0141)."),
  BAD_BLK_SIGOPS("bad-blk-sigops", "Signature operations cost more than 80,000."),

  // Transactions alone.
  BAD_TXNS_VIN_EMPTY("bad-txns-vin-empty", "The transaction has no inputs."),
  BAD_TXNS_VOUT_EMPTY("bad-txns-vout-empty", "The transaction has no outputs."),
  BAD_TXNS_OVERSIZE("bad-txns-oversize", "The transaction does not fit in any block."),
  BAD_TXNS_VOUT_NEGATIVE("bad-txns-vout-negative", "The amount of an output is negative."),
  BAD_TXNS_VOUT_TOOLARGE(
      "bad-txns-vout-toolarge", "The amount of an output is more than all money."),
  BAD_TXNS_TXOUTTOTAL_TOOLARGE(
      "bad-txns-txouttotal-toolarge", "The outputs together are more than all money."),
  BAD_TXNS_INPUTS_DUPLICATE(
      "bad-txns-inputs-duplicate", "Two inputs spend the same output (CVE-2018-17144)."),
  BAD_CB_LENGTH("bad-cb-length", "The script of the coinbase has not 2 to 100 bytes."),
  BAD_TXNS_PREVOUT_NULL("bad-txns-prevout-null", "An input names no output."),

  // Transactions in the chain.
  BAD_TXNS_NONFINAL("bad-txns-nonfinal", "A lock time has not been reached."),
  BAD_TXNS_INPUTS_MISSINGORSPENT(
      "bad-txns-inputs-missingorspent", "An input spends an output that is not there."),
  BAD_TXNS_PREMATURE_SPEND_OF_COINBASE(
      "bad-txns-premature-spend-of-coinbase", "The output of a coinbase is not mature yet."),
  BAD_TXNS_INPUTVALUES_OUTOFRANGE(
      "bad-txns-inputvalues-outofrange", "The inputs together are more than all money."),
  BAD_TXNS_IN_BELOWOUT("bad-txns-in-belowout", "The outputs are worth more than the inputs."),
  BAD_TXNS_ACCUMULATED_FEE_OUTOFRANGE(
      "bad-txns-accumulated-fee-outofrange", "The fees of the block are more than all money."),
  BAD_TXNS_BIP30("bad-txns-BIP30", "A transaction would overwrite an unspent one (BIP-0030)."),
  BAD_CB_AMOUNT("bad-cb-amount", "The coinbase pays out more than subsidy and fees."),
  BLOCK_SCRIPT_VERIFY_FLAG_FAILED(
      "block-script-verify-flag-failed", "A script of the block does not accept its spender."),

  // Templates.
  INCONCLUSIVE_NOT_BEST_PREVBLK(
      "inconclusive-not-best-prevblk", Kind.PREMATURE, "The block is not for the present tip.");

  /** What a refusal says of the thing refused. */
  public enum Kind {
    /** It breaks a rule and always will. */
    INVALID,
    /**
     * The body is not what the header commits to: somebody changed it on the way, and another body
     * for the same header may be valid.
     */
    MUTATED,
    /** Its time has not come, or something before it is missing: it may be accepted later. */
    PREMATURE
  }

  private final String label;
  private final Kind kind;
  private final String sentence;

  RejectReason(String label, String sentence) {
    this(label, Kind.INVALID, sentence);
  }

  RejectReason(String label, Kind kind, String sentence) {
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
