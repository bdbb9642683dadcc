package org.farthing.node.stratum;

/** What a miner is told that did something wrong: the codes of the protocol. */
enum StratumError {
  OTHER(20, "Other/Unknown"),
  JOB_NOT_FOUND(21, "Job not found (=stale)"),
  DUPLICATE_SHARE(22, "Duplicate share"),
  LOW_DIFFICULTY(23, "Low difficulty share"),
  UNAUTHORIZED(24, "Unauthorized worker"),
  NOT_SUBSCRIBED(25, "Not subscribed");

  private final int code;
  private final String text;

  StratumError(int code, String text) {
    this.code = code;
    this.text = text;
  }

  int code() {
    return code;
  }

  String text() {
    return text;
  }
}
