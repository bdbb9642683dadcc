package org.farthing.consensus.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;

/**
 * A spend made of any bytes: how the script is wrapped (1 byte), rules (4), version and number of
 * outputs (1), lock time (4), sequence (4), then pieces with their lengths (2 bytes each, cut where
 * the input ends): the script, what scriptSig holds besides, and the witness. The hashes and
 * commitments that a wrapping needs are right, since no fuzzer would ever find them.
 */
record FuzzedSpend(PrecomputedTransaction transaction, ScriptFlags flags) {
  private static final int HEADER_SIZE = 14;
  private static final long AMOUNT_SAT = 1_000;

  /** The x-only public key of the private key 1. */
  private static final byte[] INTERNAL_KEY =
      Hex.constant("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

  /** An output with what spends it. */
  private record Parts(Script scriptPubKey, Script scriptSig, List<byte[]> witness) {}

  static FuzzedSpend of(byte[] input) throws DecodeException {
    ByteReader in = new ByteReader(Arrays.copyOf(input, Math.max(input.length, HEADER_SIZE)));
    int wrapping = in.uint8();
    ScriptFlags flags = flags(in.int32());
    int shape = in.uint8();
    int lockTime = in.int32();
    int sequence = in.int32();
    Script script = Script.of(piece(in));
    Script unlocking = Script.of(piece(in));
    List<byte[]> items = new ArrayList<>();
    while (in.remaining() > 0) {
      items.add(piece(in));
    }
    Parts parts = wrap(wrapping, script, unlocking, items);
    TxIn spending =
        new TxIn(
            new OutPoint(Txid.ZERO, 0), parts.scriptSig(), sequence, Witness.of(parts.witness()));
    List<TxOut> outputs = new ArrayList<>();
    for (int i = 0; i < (shape >>> 2) % 3; i++) {
      outputs.add(new TxOut(i, Script.EMPTY));
    }
    Transaction transaction = new Transaction(shape & 3, List.of(spending), outputs, lockTime);
    TxOut spent = new TxOut(AMOUNT_SAT, parts.scriptPubKey());
    return new FuzzedSpend(PrecomputedTransaction.of(transaction, List.of(spent)), flags);
  }

  private static ScriptFlags flags(int bits) {
    ScriptFlags flags = ScriptFlags.NONE;
    int bit = 0;
    for (ScriptFlag flag : ScriptFlag.values()) {
      flags = (bits >>> bit++ & 1) != 0 ? flags.with(flag) : flags;
    }
    return FlagSets.trim(flags);
  }

  private static byte[] piece(ByteReader in) throws DecodeException {
    int length = in.remaining() < 2 ? 0 : in.uint16();
    return in.bytes(Math.min(in.remaining(), in.remaining() < 2 ? in.remaining() : length));
  }

  private static Parts wrap(int wrapping, Script script, Script unlocking, List<byte[]> items) {
    return switch (wrapping % 5) {
      case 0 -> new Parts(script, unlocking, items);
      case 1 -> p2sh(script, unlocking, items);
      case 2 -> {
        items.add(script.toByteArray());
        yield new Parts(ScriptPattern.p2wsh(script), unlocking, items);
      }
      case 3 -> {
        items.add(script.toByteArray());
        yield p2sh(ScriptPattern.p2wsh(script), Script.EMPTY, items);
      }
      default -> taproot(wrapping, script, unlocking, items);
    };
  }

  private static Parts p2sh(Script redeem, Script unlocking, List<byte[]> items) {
    Script scriptSig = new ScriptBuilder().append(unlocking).push(redeem).build();
    return new Parts(ScriptPattern.p2sh(Hash160.hash(redeem.toByteArray())), scriptSig, items);
  }

  /** A tree of one leaf; one wrapping in four has an unknown leaf version, one an annex. */
  private static Parts taproot(int wrapping, Script script, Script annex, List<byte[]> items) {
    int leafVersion = wrapping >>> 6 == 1 ? 0xc2 : Taproot.LEAF_TAPSCRIPT;
    byte[] key = Taproot.outputKey(INTERNAL_KEY, Taproot.leafHash(leafVersion, script));
    items.add(script.toByteArray());
    items.add(new ByteWriter().uint8(leafVersion | (key[0] & 1)).bytes(INTERNAL_KEY).toByteArray());
    if (wrapping >>> 6 == 2) {
      items.add(new ByteWriter().uint8(Taproot.ANNEX_TAG).bytes(annex.toByteArray()).toByteArray());
    }
    byte[] outputKey = Arrays.copyOfRange(key, 1, 1 + Secp256k1.KEY_SIZE);
    return new Parts(ScriptPattern.p2tr(outputKey), Script.EMPTY, items);
  }
}
