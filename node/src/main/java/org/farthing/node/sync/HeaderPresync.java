package org.farthing.node.sync;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.TargetTrack;
import org.farthing.consensus.crypto.BlockSipHash;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.KnownChain.HeaderCommitments;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.HeaderChecks;
import org.farthing.consensus.validation.ProofOfWork;

/**
 * Fetches the headers of one peer's chain twice, where it is not known whether the chain has enough
 * work to be remembered. The method, and what it says in the log, are Bitcoin Core's.
 *
 * <ul>
 *   <li>The first time (presync) headers are only weighed: their targets must be those that the
 *       rules give ({@link TargetTrack}), and of one in {@link HeaderCommitments#period} one bit of
 *       a hash with a secret key is remembered, beginning at a secret offset.
 *   <li>Once the chain has enough work it is asked for again (redownload). Headers wait in a buffer
 *       and leave it when {@link HeaderCommitments#buffer} others stand above them; each bit must
 *       be what it was. Who shows another chain the second time guesses each bit with one half, and
 *       is found out before any header of it gets through.
 *   <li>When the redownloaded headers alone have enough work, all of them may pass.
 *   <li>A chain has at most six blocks for each second, since the median of eleven times has to
 *       grow: so many bits there may be, and no more.
 *   <li>Whatever fails here costs the peer nothing: its chain may have changed meanwhile.
 * </ul>
 *
 * Headers come to it connected to one another, each with its proof of work.
 */
public final class HeaderPresync {
  private static final int BLOCKS_PER_SECOND = 6;

  /** How far it has come. */
  public enum Phase {
    PRESYNC,
    REDOWNLOAD,
    OVER
  }

  /**
   * What came of some headers.
   *
   * @param valid they continue the chain that is fetched
   * @param ready headers that can go into the tree now
   * @param wantsMore more headers are to be asked for, with {@link #locator}
   * @param ended why it is over, for the log; empty while it goes on
   */
  public record Step(boolean valid, List<BlockHeader> ready, boolean wantsMore, String ended) {}

  private final ConsensusParams params;
  private final HeaderCommitments commitments;
  private final HeaderNode start;
  private final BigInteger minimumWork;
  private final long maxBits;
  private final int offset;
  private final long key0;
  private final long key1;

  private final BitQueue bits = new BitQueue();
  private Phase phase = Phase.PRESYNC;
  private TargetTrack targets;
  private BigInteger work;
  private int height;
  private BlockHeader last;

  /** What presync came to, when redownloading has begun. */
  private int presyncHeight;

  private HeaderBuffer buffer;
  private boolean enoughAgain;

  /**
   * @param start the last block of the tree before the peer's headers
   * @param minimumWork the chain has to have it
   */
  public HeaderPresync(
      ConsensusParams params,
      HeaderNode start,
      BigInteger minimumWork,
      Random random,
      long nowSeconds) {
    this.params = params;
    this.commitments = params.known().commitments();
    this.start = start;
    this.minimumWork = minimumWork;
    offset = random.nextInt(commitments.period());
    key0 = random.nextLong();
    key1 = random.nextLong();
    long seconds = nowSeconds - start.medianTimePast() + HeaderChecks.MAX_FUTURE_SECONDS;
    maxBits = BLOCKS_PER_SECOND * Math.max(0, seconds) / commitments.period();
    begin();
  }

  /** What is wrong with headers by themselves, in Bitcoin Core's words; at least one. */
  public static Optional<String> breach(List<BlockHeader> headers, ConsensusParams params) {
    BlockHash previous = headers.get(0).previous();
    for (BlockHeader header : headers) {
      if (!HeaderChecks.inIsolation(header, params).isAccepted()) {
        return Optional.of("header with invalid proof of work");
      }
    }
    for (BlockHeader header : headers) {
      if (!header.previous().equals(previous)) {
        return Optional.of("non-continuous headers sequence");
      }
      previous = header.hash();
    }
    return Optional.empty();
  }

  /** The work of a branch up to its last header, where headers follow on one of the tree. */
  public static BigInteger work(HeaderNode start, List<BlockHeader> headers) {
    BigInteger work = start.chainWork();
    for (BlockHeader header : headers) {
      work = work.add(ProofOfWork.work(header.bits()));
    }
    return work;
  }

  private void begin() {
    targets = TargetTrack.after(start, params.difficulty());
    work = start.chainWork();
    height = start.height();
    last = start.header();
  }

  public Phase phase() {
    return phase;
  }

  /** How far the first download has come. */
  int presyncHeight() {
    return phase == Phase.PRESYNC ? height : presyncHeight;
  }

  /** How far the present download has come. */
  int height() {
    return height;
  }

  /** The time of the last header, as its miner claims; seconds since 1970. */
  long lastTimeSeconds() {
    return last.timeSeconds();
  }

  /** The work of the chain as far as it has come. */
  BigInteger work() {
    return work;
  }

  int startHeight() {
    return start.height();
  }

  long maxBits() {
    return maxBits;
  }

  /** Whether headers after this one are what was asked for. */
  public boolean continuesAfter(BlockHash previous) {
    return last.hash().equals(previous);
  }

  /** What to ask for the next headers with: after the last one that came. */
  public List<BlockHash> locator() {
    List<BlockHash> hashes = new ArrayList<>(List.of(last.hash()));
    hashes.addAll(Locator.of(start));
    return hashes;
  }

  /**
   * Takes the peer's next headers, at least one.
   *
   * @param full the message could not have held more: the peer may have some
   */
  public Step next(List<BlockHeader> headers, boolean full) {
    Step step = phase == Phase.PRESYNC ? presync(headers, full) : redownload(headers, full);
    if (!step.wantsMore()) {
      phase = Phase.OVER;
    }
    return step;
  }

  private Step failed(String problem) {
    return new Step(false, List.of(), false, inPhase(problem));
  }

  private String inPhase(String problem) {
    String name = phase == Phase.PRESYNC ? "presync" : "redownload";
    return problem + " (" + name + " phase)";
  }

  /** Goes on if the peer may have more headers; else it ends here. */
  private Step goesOn(List<BlockHeader> ready, boolean full) {
    String ended = full ? "" : inPhase("incomplete headers message at height=" + height);
    return new Step(true, ready, full, ended);
  }

  private Step presync(List<BlockHeader> headers, boolean full) {
    if (!headers.get(0).previous().equals(last.hash())) {
      return failed("non-continuous headers at height=" + height);
    }
    for (BlockHeader header : headers) {
      if (!targets.follow(header)) {
        return failed("invalid difficulty transition at height=" + (height + 1));
      }
      advance(header);
      if (isCommitted()) {
        bits.add(bit(header));
        if (bits.size() > maxBits) {
          return failed("exceeded max commitments at height=" + height);
        }
      }
    }
    if (work.compareTo(minimumWork) >= 0) {
      presyncHeight = height;
      phase = Phase.REDOWNLOAD;
      begin();
      buffer = new HeaderBuffer(start.hash());
      return new Step(true, List.of(), true, "");
    }
    return goesOn(List.of(), full);
  }

  private void advance(BlockHeader header) {
    height++;
    last = header;
    work = work.add(ProofOfWork.work(header.bits()));
  }

  private boolean isCommitted() {
    return height % commitments.period() == offset;
  }

  private boolean bit(BlockHeader header) {
    BlockHash hash = header.hash();
    return (new BlockSipHash(key0, key1)
                .add(hash.word(0), hash.word(1), hash.word(2), hash.word(3))
                .hash()
            & 1)
        != 0;
  }

  private Step redownload(List<BlockHeader> headers, boolean full) {
    for (BlockHeader header : headers) {
      String problem = again(header);
      if (!problem.isEmpty()) {
        return failed(problem);
      }
    }
    List<BlockHeader> ready = new ArrayList<>();
    while (buffer.size() > (enoughAgain ? 0 : commitments.buffer())) {
      ready.add(buffer.poll());
    }
    return enoughAgain ? new Step(true, ready, false, "") : goesOn(ready, full);
  }

  /** Takes one header of the second download; what is wrong with it, or nothing. */
  private String again(BlockHeader header) {
    int next = height + 1;
    if (!header.previous().equals(last.hash())) {
      return "non-continuous headers at height=" + next;
    }
    if (!targets.follow(header)) {
      return "invalid difficulty transition at height=" + next;
    }
    advance(header);
    enoughAgain |= work.compareTo(minimumWork) >= 0;
    // Beyond that the chain may have grown since it was weighed, and there are no bits for it.
    if (!enoughAgain && isCommitted()) {
      if (bits.size() == 0) {
        return "commitment overrun at height=" + height;
      }
      if (bits.poll() != bit(header)) {
        return "commitment mismatch at height=" + height;
      }
    }
    buffer.add(header);
    return "";
  }
}
