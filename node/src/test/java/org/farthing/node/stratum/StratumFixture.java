package org.farthing.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.mining.BlockAssembler;
import org.farthing.node.mining.BlockTemplate;
import org.farthing.node.mining.MiningChain;
import org.farthing.node.mining.MiningOptions;
import org.farthing.node.mining.Payout;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.testing.ChainBuilder;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;

/** A Stratum server over a regtest chain and a mempool, and miners that talk to it in lines. */
final class StratumFixture implements AutoCloseable, WorkSource {
  private static final ObjectMapper JSON = new ObjectMapper();

  final ChainBuilder chain;
  final Mempool pool;
  final VirtualTime time;
  final StratumServer server;
  final List<Block> submitted = new ArrayList<>();

  /** Who is paid where no address is named. */
  Optional<Payout> usual = Optional.of(Payout.to(ChainBuilder.MINER.p2wpkh()));

  boolean open = true;

  private final BlockAssembler assembler;

  StratumFixture(ChainBuilder chain, double firstDifficulty, double sharesPerMinute) {
    this.chain = chain;
    pool = new Mempool(MempoolChain.of(chain.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
    time = new VirtualTime(chain.nowSeconds() * 1000 + 1000);
    assembler = new BlockAssembler(MiningChain.of(chain.chain()), pool, MiningOptions.defaults());
    server =
        new StratumServer(
            this,
            new StratumOptions(firstDifficulty, sharesPerMinute),
            time,
            time.newScheduler(),
            new Random(1));
    chain.chain().addListener(pool::chainEvent);
    chain.chain().addListener(event -> server.tipChanged());
    pool.addListener(event -> server.mempoolChanged());
  }

  @Override
  public void close() {
    server.close();
    chain.close();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public HeaderNode tip() {
    return chain.tip();
  }

  @Override
  public BlockTemplate template(Script payout) {
    return assembler.template(payout, time.nowSeconds());
  }

  @Override
  public long minimumTimeSeconds(HeaderNode parent) {
    return chain.chain().minimumTime(parent);
  }

  @Override
  public Verdict submit(Block block) {
    submitted.add(block);
    return chain.chain().acceptBlock(block, time.nowSeconds());
  }

  @Override
  public Optional<Script> address(String text) {
    try {
      return Optional.of(Address.parse(text, chain.params().network()).toScript());
    } catch (WalletException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Payout> usualPayout() {
    return usual;
  }

  Client connect() {
    return new Client();
  }

  /** A miner's end of a connection. */
  final class Client {
    final List<JsonNode> told = new ArrayList<>();
    boolean closed;
    private StratumSession session;
    private int requests;

    private Client() {
      session =
          server.opened(
              "127.0.0.1:1",
              line -> told.add(read(line)),
              () -> {
                closed = true;
                server.closed(session);
              });
    }

    /** The whole answer. */
    JsonNode ask(String method, Object... params) {
      ObjectNode request = JSON.createObjectNode().put("id", ++requests).put("method", method);
      request.set("params", JSON.valueToTree(params));
      say(request.toString());
      return told.stream()
          .filter(each -> each.path("id").asInt() == requests)
          .findFirst()
          .orElseThrow();
    }

    JsonNode result(String method, Object... params) {
      JsonNode answer = ask(method, params);
      assertThat(answer.get("error").isNull()).as(answer.toString()).isTrue();
      return answer.get("result");
    }

    /** Code and message of the refusal. */
    String error(String method, Object... params) {
      JsonNode answer = ask(method, params);
      assertThat(answer.get("result").isNull()).as(answer.toString()).isTrue();
      return answer.at("/error/0").asInt() + " " + answer.at("/error/1").asText();
    }

    void say(String line) {
      server.heard(session, line);
    }

    /** What was told under this name last. */
    JsonNode last(String method) {
      List<JsonNode> all = all(method);
      return all.get(all.size() - 1);
    }

    List<JsonNode> all(String method) {
      return told.stream()
          .filter(each -> each.path("method").asText().equals(method))
          .map(each -> each.get("params"))
          .toList();
    }

    /** Subscribes and authorises, and returns its extra nonce. */
    String begin(String worker) {
      String extraNonce = result("mining.subscribe", "test/1").get(1).asText();
      assertThat(result("mining.authorize", worker, "x").asBoolean()).isTrue();
      return extraNonce;
    }
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
