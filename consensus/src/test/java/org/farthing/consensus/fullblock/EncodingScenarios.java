package org.farthing.consensus.fullblock;

import java.util.List;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.testing.TestKey;

/** A block has one encoding; bytes that only resemble it do no harm to the block. */
final class EncodingScenarios {
  private static final TestKey KEY = TestKey.number(10);

  private EncodingScenarios() {}

  static List<Scenario> all() {
    return List.of(otherEncodings(), smallTransactions());
  }

  private static Scenario otherEncodings() {
    ScenarioWriter to = ScenarioWriter.regtest("other encodings of a valid block");
    Transaction funding = to.fund(KEY.p2wpkh());
    Transaction unsigned = Tx.spending(funding.outPoint(0)).output(1).build();
    Transaction spend = KEY.sign(unsigned, 0, funding.outputs());
    Block honest = to.next().with(spend).build();
    String hex = Hex.encode(honest.serialize());
    String header = hex.substring(0, 2 * BlockHeader.SIZE);
    String body = hex.substring(2 * BlockHeader.SIZE + 2);
    to.undecodable("nothing", "");
    to.undecodable("the header alone", header);
    to.undecodable("the number of transactions in 3 bytes", header + "fd0200" + body);
    to.undecodable("the number of transactions in 5 bytes", header + "fe02000000" + body);
    to.undecodable("the number of transactions in 9 bytes", header + "ff0200000000000000" + body);
    to.undecodable("one more transaction announced", header + "03" + body);
    to.undecodable("as many as a number holds", header + "ffffffffffffffffff" + body);
    to.undecodable("one announced, two there", header + "01" + body);
    to.undecodable("a byte behind the end", hex + "00");
    to.undecodable("a byte missing", hex.substring(0, hex.length() - 2));
    witness(to, header, honest.transactions().get(0), spend);
    to.accept("its own encoding", honest);
    to.tip("its own encoding");
    return to.done();
  }

  /** The extended form (BIP-0144): marker 00, flag 01, and at least one witness. */
  private static void witness(
      ScenarioWriter to, String header, Transaction coinbase, Transaction spend) {
    String first = header + "02" + Hex.encode(coinbase.serialize());
    String bare = Hex.encode(spend.serializeWithoutWitness());
    String version = bare.substring(0, 8);
    String lists = bare.substring(8, bare.length() - 8);
    String lockTime = bare.substring(bare.length() - 8);
    to.undecodable(
        "the extended form without witness", first + version + "0001" + lists + "00" + lockTime);
    to.undecodable("a flag of 2", first + version + "0002" + lists + "00" + lockTime);
    to.undecodable("a flag of 3", first + version + "0003" + lists + "0101ff" + lockTime);
    to.undecodable("the extended form without inputs", first + version + "00010000" + lockTime);
  }

  /** Nodes do not relay them, as 64 bytes could be a node of the merkle tree; blocks may. */
  private static Scenario smallTransactions() {
    ScenarioWriter to = ScenarioWriter.regtest("transactions of 60 to 65 bytes");
    for (int size = 60; size <= 65; size++) {
      Transaction tx =
          Tx.spending(to.coin(), Scripts.repeat(0x51, size - 60)).output(0, Script.EMPTY).build();
      if (tx.totalSize() != size) {
        throw new AssertionError(tx.totalSize());
      }
      to.accept(size + " bytes", to.next().with(tx));
    }
    to.accept("version 0", to.next().with(Tx.spending(to.coin()).version(0).output(1).build()));
    to.accept("version -1", to.next().with(Tx.spending(to.coin()).version(-1).output(1).build()));
    to.tip("version -1");
    return to.done();
  }
}
