package org.farthing.node.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an {@link InvItem} names. */
public enum InvType {
  /** A transaction by its txid; as a request, without its witness. */
  TX(1),
  /** A block; as a request, without witnesses. */
  BLOCK(2),
  /** A block's header with the transactions that match a filter (BIP-0037). */
  FILTERED_BLOCK(3),
  /** A block in short form (BIP-0152). */
  COMPACT_BLOCK(4),
  /** A transaction by its wtxid (BIP-0339). */
  WTX(5),
  /** A transaction by its txid, wanted with its witness (BIP-0144). */
  WITNESS_TX(0x40000001),
  /** A block that is wanted with its witnesses (BIP-0144). */
  WITNESS_BLOCK(0x40000002);

  private static final Map<Integer, InvType> BY_CODE =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(InvType::code, Function.identity()));

  private final int code;

  InvType(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** Bitcoin Core's word for it. */
  public String label() {
    return switch (this) {
      case TX -> "tx";
      case BLOCK -> "block";
      case FILTERED_BLOCK -> "merkleblock";
      case COMPACT_BLOCK -> "cmpctblock";
      case WTX -> "wtx";
      case WITNESS_TX -> "witness-tx";
      case WITNESS_BLOCK -> "witness-block";
    };
  }

  /** Named by txid or wtxid. */
  public boolean isTransaction() {
    return this == TX || this == WTX || this == WITNESS_TX;
  }

  /** Named by the hash of a block. */
  public boolean isBlock() {
    return !isTransaction();
  }

  /** The type of this number, or null if it is none that we know. */
  static InvType of(int code) {
    return BY_CODE.get(code);
  }
}
