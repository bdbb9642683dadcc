package org.farthing.node.rpc.error;

/** The numbers that clients know errors by, as in Bitcoin Core's {@code src/rpc/protocol.h}. */
public enum RpcErrorCode {
  INVALID_REQUEST(-32600),
  METHOD_NOT_FOUND(-32601),
  INVALID_PARAMS(-32602),
  INTERNAL_ERROR(-32603),
  PARSE_ERROR(-32700),
  MISC_ERROR(-1),
  TYPE_ERROR(-3),
  INVALID_ADDRESS_OR_KEY(-5),
  INVALID_PARAMETER(-8),
  CLIENT_NOT_CONNECTED(-9),
  DATABASE_ERROR(-20),
  DESERIALIZATION_ERROR(-22),
  CLIENT_NODE_ALREADY_ADDED(-23),
  CLIENT_NODE_NOT_ADDED(-24),
  VERIFY_ERROR(-25),
  VERIFY_REJECTED(-26),
  VERIFY_ALREADY_IN_UTXO_SET(-27),
  IN_WARMUP(-28),
  CLIENT_NODE_NOT_CONNECTED(-29),
  WALLET_ERROR(-4),
  WALLET_INSUFFICIENT_FUNDS(-6),
  WALLET_UNLOCK_NEEDED(-13),
  WALLET_PASSPHRASE_INCORRECT(-14),
  WALLET_WRONG_ENC_STATE(-15),
  WALLET_NOT_FOUND(-18),
  WALLET_NOT_SPECIFIED(-19),
  WALLET_ALREADY_LOADED(-35),
  WALLET_ALREADY_EXISTS(-36);

  private final int number;

  RpcErrorCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
