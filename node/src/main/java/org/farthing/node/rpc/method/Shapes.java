package org.farthing.node.rpc.method;

import org.farthing.node.rpc.spec.Result;

/** Results that several methods have in common. */
public final class Shapes {
  /** An output's script. */
  public static final Result SCRIPT_PUB_KEY =
      Result.object(
          "scriptPubKey",
          "the output script",
          Result.text("asm", "disassembly"),
          Result.text("desc", "inferred descriptor"),
          Result.hex("hex", "the bytes"),
          Result.text("address", "the address, if there is one").maybe(),
          Result.text("type", "the type, e.g. witness_v0_keyhash"));

  /** A transaction as far as it speaks for itself. */
  public static final Result TRANSACTION = transaction();

  /** A transaction with its bytes, and with its fee where the spent coins are known. */
  public static final Result TRANSACTION_WITH_HEX =
      TRANSACTION.plus(
          Result.amount("fee", "coins, if the spent outputs are known").maybe(),
          Result.hex("hex", "the bytes"));

  /** A header in its place. */
  public static final Result HEADER =
      Result.object(
          "",
          "",
          Result.hex("hash", "the block hash"),
          Result.number("confirmations", "-1 if not in the active chain"),
          Result.number("height", "the height"),
          Result.number("version", "the version"),
          Result.hex("versionHex", "the version in hex"),
          Result.hex("merkleroot", "the merkle root"),
          Result.time("time", "as the miner claims"),
          Result.time("mediantime", "median of the last eleven blocks"),
          Result.number("nonce", "the nonce"),
          Result.hex("bits", "the compact target"),
          Result.hex("target", "the target"),
          Result.decimal("difficulty", "the difficulty"),
          Result.hex("chainwork", "expected hashes of all of the chain up to here"),
          Result.number("nTx", "transactions in the block, 0 if not known"),
          Result.hex("previousblockhash", "the block before").maybe(),
          Result.hex("nextblockhash", "the block after").maybe());

  private Shapes() {}

  /**
   * A transaction.
   *
   * @param more what outputs have beside the usual
   */
  public static Result transaction(Result... more) {
    return Result.object(
        "",
        "",
        Result.hex("txid", "the transaction id"),
        Result.hex("hash", "the witness transaction id"),
        Result.number("version", "the version"),
        Result.number("size", "bytes with witness"),
        Result.number("vsize", "virtual bytes"),
        Result.number("weight", "weight units"),
        Result.number("locktime", "the lock time"),
        Result.array("vin", "", input()),
        Result.array(
            "vout",
            "",
            Result.object(
                    "",
                    "",
                    Result.amount("value", "coins"),
                    Result.number("n", "index"),
                    SCRIPT_PUB_KEY)
                .plus(more)));
  }

  private static Result input() {
    return Result.object(
        "",
        "",
        Result.hex("coinbase", "only of a coinbase").maybe(),
        Result.hex("txid", "of the spent output").maybe(),
        Result.number("vout", "of the spent output").maybe(),
        Result.object(
                "scriptSig",
                "the input script",
                Result.text("asm", "disassembly"),
                Result.hex("hex", "the bytes"))
            .maybe(),
        Result.array("txinwitness", "the witness", Result.hex("", "")).maybe(),
        Result.object(
                "prevout",
                "the spent output",
                Result.flag("generated", "made by a coinbase"),
                Result.number("height", "of its block"),
                Result.amount("value", "coins"),
                SCRIPT_PUB_KEY)
            .maybe(),
        Result.number("sequence", "the sequence number"));
  }

  /** A block in its place; its transactions as ids or in full. */
  public static Result block(Result transaction) {
    return HEADER.plus(
        Result.number("strippedsize", "bytes without witnesses"),
        Result.number("size", "bytes with witnesses"),
        Result.number("weight", "weight units"),
        Result.object(
            "coinbase_tx",
            "the coinbase in short",
            Result.number("version", "the version"),
            Result.number("locktime", "the lock time"),
            Result.number("sequence", "of its input"),
            Result.hex("coinbase", "its input script"),
            Result.hex("witness", "the first item of its witness").maybe()),
        Result.array("tx", "the transactions", transaction));
  }
}
