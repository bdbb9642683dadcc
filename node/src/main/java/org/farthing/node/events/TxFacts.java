package org.farthing.node.events;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.mempool.MempoolEntry;

/**
 * What an event says of a transaction that waits.
 *
 * @param scripts marks of the scripts that it pays to and spends from, by which events are chosen:
 *     eight bytes of a hash each, so that one event in many billions is chosen in error
 */
public record TxFacts(Txid txid, Wtxid wtxid, int virtualSize, long feeSat, List<Long> scripts) {
  public TxFacts {
    scripts = List.copyOf(scripts);
  }

  /** Of a transaction whose scripts are to be looked up. */
  static TxFacts of(MempoolEntry entry) {
    return new TxFacts(entry.txid(), entry.wtxid(), entry.virtualSize(), entry.feeSat(), List.of());
  }

  /**
   * With its scripts.
   *
   * @param coins with those that it spends
   */
  static TxFacts of(MempoolEntry entry, CoinView coins) {
    Transaction transaction = entry.transaction();
    List<Long> scripts = new ArrayList<>();
    for (TxOut output : transaction.outputs()) {
      scripts.add(mark(output.scriptPubKey()));
    }
    for (TxIn input : transaction.inputs()) {
      coins
          .coin(input.outPoint())
          .map(Coin::output)
          .ifPresent(spent -> scripts.add(mark(spent.scriptPubKey())));
    }
    return of(entry).withScripts(scripts.stream().distinct().toList());
  }

  TxFacts withScripts(List<Long> known) {
    return new TxFacts(txid, wtxid, virtualSize, feeSat, known);
  }

  /** What stands for a script. */
  public static long mark(Script script) {
    byte[] hash = Sha256.hash(script.toByteArray());
    long mark = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      mark = (mark << Byte.SIZE) | (hash[i] & 0xff);
    }
    return mark;
  }

  void writeTo(ByteWriter out) {
    txid.writeTo(out);
    wtxid.writeTo(out);
    out.uint32(virtualSize).int64(feeSat).compactSize(scripts.size());
    scripts.forEach(out::int64);
  }

  static TxFacts read(ByteReader in) throws DecodeException {
    Txid txid = Txid.read(in);
    Wtxid wtxid = Wtxid.read(in);
    int virtualSize = in.int32();
    long feeSat = in.int64();
    int count = in.count(Long.BYTES);
    List<Long> scripts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      scripts.add(in.int64());
    }
    return new TxFacts(txid, wtxid, virtualSize, feeSat, scripts);
  }
}
