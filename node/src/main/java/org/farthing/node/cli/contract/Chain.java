package org.farthing.node.cli.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.node.cli.client.ChainCalls;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.terminal.Text;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.error.WalletException;

/** What a contract asks of the chain that its coins are on. */
public final class Chain {
  private static final int SOON_BLOCKS = 2;

  /** Where nobody knows what others pay. */
  private static final long USUAL_SAT_PER_KVB = 2_000;

  private final RpcClient node;
  private final ConsensusParams params;

  private Chain(RpcClient node, ConsensusParams params) {
    this.node = node;
    this.params = params;
  }

  public static Chain of(RpcClient node) throws CliException, RefusedException {
    return new Chain(node, ChainCalls.params(node));
  }

  /**
   * @param network that a contract is on
   * @throws CliException if the node is on another one
   */
  public static Chain of(RpcClient node, String network) throws CliException, RefusedException {
    Chain chain = of(node);
    chain.expect(network);
    return chain;
  }

  public ConsensusParams params() {
    return params;
  }

  public String name() {
    return params.network().name();
  }

  /** Expects the network that a contract is on. */
  public void expect(String network) throws CliException {
    if (!name().equals(network)) {
      throw CliException.usage("this contract is on " + network + ", the node is on " + name())
          .hint("say which node with --network and --data.");
    }
  }

  public int height() throws CliException, RefusedException {
    return node.call("getblockcount").asInt();
  }

  /** How long so many blocks take: {@code 20 blocks, about 3 min 20 s}. */
  public String wait(int blocks) {
    return String.format(
        Locale.ROOT, "%s, about %s", Text.count(blocks, "block"), Text.duration(seconds(blocks)));
  }

  /** How long so many blocks take on average. */
  public long seconds(int blocks) {
    return (long) blocks * params.difficulty().spacingSeconds();
  }

  /** A descriptor with its checksum. */
  public String withChecksum(String descriptor) throws CliException, RefusedException {
    return ChainCalls.withChecksum(node, descriptor);
  }

  public Descriptor parse(String descriptor) throws CliException {
    try {
      return Descriptor.parse(descriptor, params.network());
    } catch (WalletException e) {
      throw CliException.usage("the contract's descriptor: " + e.getMessage());
    }
  }

  public String address(String descriptor) throws CliException, RefusedException {
    return node.call("deriveaddresses", descriptor).get(0).asText();
  }

  /** The coins of a contract that are in blocks and not spent. */
  public List<ContractSpend.Coin> coins(String descriptor) throws CliException, RefusedException {
    JsonNode found =
        node.call("scantxoutset", "start", Json.array().add(descriptor)).path("unspents");
    List<ContractSpend.Coin> coins = new ArrayList<>();
    found.forEach(each -> coins.add(ContractSpend.Coin.of(each)));
    return coins;
  }

  /** The transaction of a block, from a height on, or of the mempool, that spends a coin. */
  public Optional<Transaction> spender(OutPoint coin, int fromHeight)
      throws CliException, RefusedException {
    int tip = height();
    for (int height = fromHeight; height <= tip; height++) {
      String hash = node.call("getblockhash", height).asText();
      for (JsonNode each : node.call("getblock", hash, 2).path("tx")) {
        Transaction transaction = decode(each.path("hex").asText());
        if (spends(transaction, coin)) {
          return Optional.of(transaction);
        }
      }
    }
    return waitingSpender(coin);
  }

  /** The transaction of the mempool that spends a coin. */
  public Optional<Transaction> waitingSpender(OutPoint coin) throws CliException, RefusedException {
    ObjectNode place = Json.object();
    place.put("txid", coin.txid().toString()).put("vout", coin.index());
    ObjectNode options = Json.object();
    options.put("mempool_only", true).put("return_spending_tx", true);
    JsonNode found = node.call("gettxspendingprevout", Json.array().add(place), options).path(0);
    return found.has("spendingtx")
        ? Optional.of(decode(found.path("spendingtx").asText()))
        : Optional.empty();
  }

  private static boolean spends(Transaction transaction, OutPoint coin) {
    return transaction.inputs().stream().map(TxIn::outPoint).anyMatch(coin::equals);
  }

  private static Transaction decode(String hex) {
    try {
      return Transaction.decode(Hex.decode(hex));
    } catch (DecodeException e) {
      throw new AssertionError("what the node answers", e);
    }
  }

  /**
   * What transactions should pay to be in one of the next blocks, as far as the node knows;
   * satoshis for each thousand virtual bytes.
   */
  public long satPerKvb() throws CliException, RefusedException {
    JsonNode estimate;
    try {
      estimate = node.call("estimatesmartfee", SOON_BLOCKS, "conservative").path("feerate");
    } catch (RefusedException e) {
      // A node without transactions of others estimates nothing.
      estimate = Json.object().path("feerate");
    }
    long least = sat(node.call("getmempoolinfo").path("mempoolminfee").decimalValue());
    return Math.max(least, estimate.isNumber() ? sat(estimate.decimalValue()) : USUAL_SAT_PER_KVB);
  }

  static long sat(BigDecimal coins) {
    return coins.movePointRight(8).longValueExact();
  }

  /** Sends a transaction; returns its id. */
  public String send(Transaction transaction) throws CliException, RefusedException {
    return node.call("sendrawtransaction", Hex.encode(transaction.serialize())).asText();
  }
}
