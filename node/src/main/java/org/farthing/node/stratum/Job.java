package org.farthing.node.stratum;

import java.math.BigInteger;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleBranch;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.mining.BlockTemplate;

/**
 * A block in the parts from which miners make headers: the coinbase in two halves, between which
 * the extra nonce stands, and the hashes that lead from it to the merkle root. Immutable.
 */
final class Job {
  /** The first part of the extra nonce: what the server gives each connection. */
  private static final int EXTRA_NONCE_1_SIZE = 4;

  /** The second: what the miner counts, beside the 4 bytes of its nonce. */
  static final int EXTRA_NONCE_2_SIZE = 4;

  private static final int EXTRA_NONCE_SIZE = EXTRA_NONCE_1_SIZE + EXTRA_NONCE_2_SIZE;

  /** Version, count of inputs, outpoint and length of the script; the extra nonce ends it. */
  private static final int BEFORE_SCRIPT = 4 + 1 + 36 + 1;

  private static final int WORD = 4;

  private final String id;
  private final BlockTemplate template;
  private final long minimumTimeSeconds;
  private final ByteString before;
  private final ByteString after;
  private final List<MerkleRoot> branch;
  private final BigInteger target;

  Job(String id, BlockTemplate template, long minimumTimeSeconds) {
    this.id = id;
    this.template = template;
    this.minimumTimeSeconds = minimumTimeSeconds;
    List<Transaction> transactions = template.withExtraNonce(0).transactions();
    Transaction coinbase = transactions.get(0);
    ByteString bytes = ByteString.of(coinbase.serializeWithoutWitness());
    int scriptEnd = BEFORE_SCRIPT + coinbase.inputs().get(0).scriptSig().size();
    this.before = bytes.slice(0, scriptEnd - EXTRA_NONCE_SIZE);
    this.after = bytes.slice(scriptEnd);
    this.branch =
        MerkleBranch.of(transactions.stream().map(Transaction::txid).toList(), 0).siblings();
    this.target = ShareTarget.ofBits(header().bits());
  }

  /** A share of the work: what a miner found. */
  record Solution(ByteString extraNonce, int version, long timeSeconds, int nonce) {}

  String id() {
    return id;
  }

  HeaderNode parent() {
    return template.parent();
  }

  private BlockHeader header() {
    return template.block().header();
  }

  int version() {
    return header().version();
  }

  /** What a block's hash must not exceed. */
  BigInteger target() {
    return target;
  }

  long minimumTimeSeconds() {
    return minimumTimeSeconds;
  }

  /**
   * The parameters of {@code mining.notify}.
   *
   * @param clean whatever else the miner works on is in vain
   */
  List<Object> parameters(boolean clean) {
    return List.of(
        id,
        Hex.encode(wordsReversed(header().previous().toByteArray())),
        before.toString(),
        after.toString(),
        branch.stream().map(sibling -> Hex.encode(sibling.toByteArray())).toList(),
        "%08x".formatted(header().version()),
        "%08x".formatted(header().bits()),
        "%08x".formatted(header().timeSeconds()),
        clean);
  }

  /** The protocol writes the previous hash as eight numbers of 32 bits, each with its end first. */
  private static byte[] wordsReversed(byte[] wire) {
    byte[] reversed = new byte[wire.length];
    for (int i = 0; i < wire.length; i++) {
      reversed[i] = wire[i - i % WORD + WORD - 1 - i % WORD];
    }
    return reversed;
  }

  /** The hash that a miner claims to have found. */
  BlockHash hash(Solution solution) {
    return headerOf(solution).hash();
  }

  private BlockHeader headerOf(Solution solution) {
    byte[] hash = Sha256.doubleHash(before.then(solution.extraNonce()).then(after).toByteArray());
    for (MerkleRoot sibling : branch) {
      hash = MerkleTree.hashPair(hash, sibling.toByteArray());
    }
    return new BlockHeader(
        solution.version(),
        header().previous(),
        MerkleRoot.of(hash),
        solution.timeSeconds(),
        header().bits(),
        solution.nonce());
  }

  /** The whole block. */
  Block block(Solution solution) {
    ByteReader reader = solution.extraNonce().reader();
    try {
      return new Block(headerOf(solution), template.withExtraNonce(reader.int64()).transactions());
    } catch (DecodeException e) {
      throw new AssertionError("an extra nonce has eight bytes", e);
    }
  }

  /** Both parts of an extra nonce. */
  static ByteString extraNonce(int first, byte[] second) {
    // The first part is a number only to us: its order of bytes is of no importance.
    return ByteString.of(new ByteWriter().int32(first).bytes(second).toByteArray());
  }
}
