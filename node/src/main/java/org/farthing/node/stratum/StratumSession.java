package org.farthing.node.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.time.Clock;

/**
 * The conversation with one miner. Its order: {@code mining.configure} if the miner likes, {@code
 * mining.subscribe}, {@code mining.authorize}; from then on it gets work, and hands in shares.
 * Every connection has an extra nonce of its own, so that no two miners try the same.
 *
 * <p>A machine without I/O, on the node thread.
 */
public final class StratumSession {
  /** Who says nothing that makes sense is no miner. */
  private static final long LOGIN_MILLIS = 60_000;

  private static final int LONGEST_SOFTWARE = 128;

  private static final String DIFFICULTY = "mining.set_difficulty";
  private static final String NOTIFY = "mining.notify";

  private final WorkSource node;
  private final JobBoard board;
  private final Clock clock;
  private final StratumLine line;
  private final Identity identity;
  private final Workers workers;
  private final VersionRolling rolling = new VersionRolling();
  private final VariableDifficulty difficulty;
  private final ShareCheck shares;
  private final SentJobs jobs = new SentJobs();
  private final ShareTally tally;
  private final Map<String, Call> calls = new LinkedHashMap<>();
  private final long openedMillis;
  private double leastDifficulty = ShareTarget.LEAST;
  private boolean subscribed;
  private String software = "";
  private HeaderNode workedOn;
  private double toldDifficulty;

  /**
   * @param number counted from 1
   * @param address where it comes from
   * @param extraNonce of this connection and of no other that is open
   */
  record Identity(long number, String address, int extraNonce) {}

  @FunctionalInterface
  private interface Call {
    JsonNode answer(Parameters params) throws StratumException;
  }

  StratumSession(
      WorkSource node,
      JobBoard board,
      StratumOptions options,
      Clock clock,
      Identity identity,
      Consumer<String> say) {
    this.node = node;
    this.board = board;
    this.clock = clock;
    this.identity = identity;
    this.line = new StratumLine(say);
    this.openedMillis = clock.nowMillis();
    this.workers = new Workers(node);
    this.tally = new ShareTally(openedMillis);
    this.difficulty =
        new VariableDifficulty(options.firstDifficulty(), options.sharesPerMinute(), openedMillis);
    this.shares = new ShareCheck(node, identity.extraNonce(), rolling, clock);
    calls.put("mining.configure", this::configure);
    calls.put("mining.subscribe", this::subscribe);
    calls.put("mining.authorize", this::authorize);
    calls.put("mining.submit", this::submit);
    calls.put("mining.suggest_difficulty", p -> suggest(Parameters.difficulty(p.get(0))));
    calls.put("mining.suggest_target", p -> suggest(p.difficultyOfTarget(0)));
    calls.put("mining.extranonce.subscribe", p -> yes());
    calls.put("mining.ping", p -> JsonNodeFactory.instance.textNode("pong"));
  }

  private static JsonNode yes() {
    return JsonNodeFactory.instance.booleanNode(true);
  }

  Identity identity() {
    return identity;
  }

  /**
   * Hears a line.
   *
   * @return whether it made sense; if not, the connection is to be closed
   */
  boolean heard(String text) {
    return line.heard(text, this::answer);
  }

  private JsonNode answer(String method, Parameters params) throws StratumException {
    Call call = calls.get(method);
    if (call == null) {
      throw StratumException.other("There is no method " + StratumLine.shortened(method));
    }
    return call.answer(params);
  }

  private JsonNode configure(Parameters params) throws StratumException {
    return Extensions.agreeOn(params, rolling, this::demandDifficulty);
  }

  private void demandDifficulty(double least) {
    leastDifficulty = Math.min(least, networkDifficulty());
    suggest(Math.max(leastDifficulty, difficulty.difficulty()));
  }

  private JsonNode subscribe(Parameters params) throws StratumException {
    if (params.has(0)) {
      String name = params.text(0, "The software's name");
      software = name.substring(0, Math.min(name.length(), LONGEST_SOFTWARE));
    }
    subscribed = true;
    line.afterwards(this::beginWork);
    String extraNonce = Job.extraNonce(identity.extraNonce(), new byte[0]).toString();
    return StratumLine.toJson(
        List.of(
            List.of(List.of(DIFFICULTY, extraNonce), List.of(NOTIFY, extraNonce)),
            extraNonce,
            Job.EXTRA_NONCE_2_SIZE));
  }

  private JsonNode authorize(Parameters params) throws StratumException {
    workers.authorize(params.text(0, "The worker's name"));
    line.afterwards(this::beginWork);
    return yes();
  }

  private void beginWork() {
    if (workedOn == null) {
      work();
    }
  }

  private JsonNode suggest(double wanted) {
    difficulty.set(wanted, clock.nowMillis());
    if (workedOn != null) {
      line.afterwards(this::work);
    }
    return yes();
  }

  private double networkDifficulty() {
    return ShareTarget.ofTarget(ShareTarget.ofBits(node.tip().header().bits()));
  }

  /** Sends what there is to do now, if the miner may have work and there is some. */
  void work() {
    if (!subscribed || workers.isEmpty() || !node.isOpen()) {
      return;
    }
    Job job = board.jobFor(workers.payout().script());
    boolean clean = workedOn != job.parent();
    if (clean) {
      jobs.clear();
      workedOn = job.parent();
    }
    tellDifficulty(job);
    jobs.add(job, difficulty.difficulty());
    line.notify(NOTIFY, job.parameters(clean));
  }

  /** A share is never harder than a block: else blocks would be lost. */
  private void tellDifficulty(Job job) {
    difficulty.adjust(leastDifficulty, ShareTarget.ofTarget(job.target()), clock.nowMillis());
    if (difficulty.difficulty() != toldDifficulty) {
      toldDifficulty = difficulty.difficulty();
      line.notify(DIFFICULTY, List.of(toldDifficulty));
    }
  }

  private JsonNode submit(Parameters params) throws StratumException {
    try {
      if (!subscribed) {
        throw new StratumException(StratumError.NOT_SUBSCRIBED);
      }
      if (!workers.isAuthorized(params.text(0, "The worker's name"))) {
        throw new StratumException(StratumError.UNAUTHORIZED);
      }
      SentJobs.Sent sent =
          jobs.find(params.text(1, "The job"))
              .filter(found -> found.job().parent() == node.tip())
              .orElseThrow(() -> new StratumException(StratumError.JOB_NOT_FOUND));
      boolean block = shares.check(sent, params);
      tally.accepted(sent.difficulty(), clock.nowMillis());
      if (difficulty.share()) {
        line.afterwards(this::adjust);
      }
      if (block) {
        tally.block();
        workers.payout().paid();
      }
      return yes();
    } catch (StratumException e) {
      tally.refused(e.error());
      throw e;
    }
  }

  /**
   * Time passes.
   *
   * @return whether the connection may stay
   */
  boolean tick() {
    long now = clock.nowMillis();
    if (workedOn == null) {
      if (!workers.isEmpty() && subscribed) {
        work();
        return true;
      }
      return now - openedMillis < LOGIN_MILLIS;
    }
    adjust();
    return true;
  }

  /** Another difficulty holds for the next job: it is sent at once. */
  private void adjust() {
    if (difficulty.adjust(leastDifficulty, networkDifficulty(), clock.nowMillis())) {
      work();
    }
  }

  StratumReport.Connection report() {
    return new StratumReport.Connection(
        identity.number(),
        identity.address(),
        openedMillis / 1000,
        software,
        workers.names(),
        difficulty.difficulty(),
        tally.hashesPerSecond(clock.nowMillis()),
        tally.counts());
  }
}
