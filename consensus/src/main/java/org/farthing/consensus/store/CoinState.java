package org.farthing.consensus.store;

/** How a coin in memory stands to the database. */
enum CoinState {
  /** The database says the same. */
  KNOWN(0),
  /** It has to be written; the database has it in another form, or had it. */
  MADE(1),
  /** It has to be written; the database never had it. */
  FRESH(2),
  /** It is spent, which has to be written. */
  GONE(3);

  private static final CoinState[] BY_CODE = {KNOWN, MADE, FRESH, GONE};

  private final int code;

  CoinState(int code) {
    this.code = code;
  }

  /** Two bits. */
  int code() {
    return code;
  }

  static CoinState of(int code) {
    return BY_CODE[code];
  }
}
