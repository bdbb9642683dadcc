package org.farthing.node.stratum;

/** A request is refused; the message is for the miner. */
final class StratumException extends Exception {
  private static final long serialVersionUID = 1L;

  private final StratumError error;

  StratumException(StratumError error) {
    this(error, error.text());
  }

  StratumException(StratumError error, String message) {
    super(message);
    this.error = error;
  }

  static StratumException other(String message) {
    return new StratumException(StratumError.OTHER, message);
  }

  StratumError error() {
    return error;
  }
}
