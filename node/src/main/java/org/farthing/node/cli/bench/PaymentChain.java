package org.farthing.node.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.RunningNode;
import org.farthing.node.mempool.MempoolFile;
import org.farthing.wallet.address.Address;

/**
 * A regtest chain of blocks full of payments: each spends one P2WPKH output, with a signature, and
 * makes two. A node of ours makes the blocks; any node takes them from {@code submitblock}.
 *
 * @param opening what comes before, in hexadecimal: blocks with mature coins and the payments that
 *     split them
 * @param full the blocks of payments, in hexadecimal
 * @param firstHash of the first full block
 * @param firstIds of its payments
 */
record PaymentChain(
    List<String> opening, List<String> full, String firstHash, List<String> firstIds) {
  private static final int MATURITY = 100;

  /** Of the payments that split a coin: about 500,000 weight units each. */
  private static final int SPLITS_IN_BLOCK = 7;

  private static final String ADDRESS =
      Address.ofScript(KnownKey.LOCK, ConsensusParams.regtest().network()).orElseThrow().toString();

  /**
   * Makes the chain on a node of ours, which is stopped then.
   *
   * @param blocks how many are full
   * @param payments in each of them
   */
  static PaymentChain make(Bench bench, int blocks, int payments)
      throws CliException, RefusedException, IOException, InterruptedException {
    RunningNode maker = bench.startReady(bench.newFolder(), "regtest");
    PaymentChain chain = make(maker.rpc(), blocks, payments, bench::say);
    bench.stop(maker);
    return chain;
  }

  private static PaymentChain make(
      RpcClient node, int blocks, int payments, Consumer<String> progress)
      throws CliException, RefusedException {
    List<String> opening = new ArrayList<>();
    List<Transaction> coinbases = new ArrayList<>();
    for (JsonNode hash : node.call("generatetoaddress", blocks + MATURITY, ADDRESS)) {
      String block = node.call("getblock", hash, 0).asText();
      opening.add(block);
      if (coinbases.size() < blocks) {
        coinbases.add(coinbase(node, hash.asText()));
      }
    }
    List<Transaction> splits = coinbases.stream().map(it -> spend(it, 0, payments, 0)).toList();
    for (int first = 0; first < blocks; first += SPLITS_IN_BLOCK) {
      List<Transaction> some = splits.subList(first, Math.min(blocks, first + SPLITS_IN_BLOCK));
      opening.add(node.call("getblock", block(node, ADDRESS, some), 0).asText());
    }
    List<String> full = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    for (Transaction split : splits) {
      progress.accept(full.size() + " of " + blocks + " blocks of payments are made");
      String hash = block(node, ADDRESS, payments(split));
      hashes.add(hash);
      full.add(node.call("getblock", hash, 0).asText());
    }
    List<String> ids = payments(splits.get(0)).stream().map(it -> it.txid().toString()).toList();
    return new PaymentChain(opening, full, hashes.get(0), ids);
  }

  /** The full blocks after the first. */
  List<String> further() {
    return full.subList(1, full.size());
  }

  /**
   * The payments of some full blocks.
   *
   * @param first of the blocks
   */
  List<Transaction> payments(int first, int blocks) throws CliException {
    List<Transaction> payments = new ArrayList<>();
    for (String block : full.subList(first, first + blocks)) {
      List<Transaction> transactions = decode(block).transactions();
      payments.addAll(transactions.subList(1, transactions.size()));
    }
    return payments;
  }

  /** Gives a node what comes before the full blocks. */
  void open(RunningNode node) throws CliException, RefusedException {
    for (String block : opening) {
      submit(node, block);
    }
  }

  /** Gives a node a block, which it has to take. */
  static void submit(RunningNode node, String block) throws CliException, RefusedException {
    String reason = node.rpc().call("submitblock", block).asText("");
    if (!reason.isEmpty() && !reason.equals("null")) {
      throw CliException.failed(node.name() + " refuses a block of the benchmark: " + reason);
    }
  }

  /**
   * Lets the payments of some full blocks wait in a node's mempool: by a file, since thousands of
   * calls would take longer than all that is to be measured.
   *
   * @param first of the blocks
   */
  void letWait(RunningNode node, int first, int blocks)
      throws CliException, RefusedException, IOException {
    Path file = Files.createTempFile("farthing-bench-", ".mempool");
    try {
      List<Transaction> waiting = payments(first, blocks);
      write(waiting, file);
      letWait(node, file, waiting.size());
    } finally {
      Files.delete(file);
    }
  }

  /**
   * The same.
   *
   * @param file that was {@linkplain #write written}
   * @param count how many are in it
   */
  static void letWait(RunningNode node, Path file, int count)
      throws CliException, RefusedException {
    node.rpc().call("importmempool", file.toString());
    int found = node.rpc().call("getmempoolinfo").path("size").asInt();
    if (found != count) {
      throw CliException.failed(
          "the benchmark cannot go on: of %d payments wait %d in %s"
              .formatted(count, found, node.name()));
    }
  }

  /** Writes a file for {@code importmempool}, of payments that wait since now. */
  static void write(List<Transaction> payments, Path file) throws IOException {
    long nowSeconds = System.currentTimeMillis() / 1000;
    List<MempoolFile.Waiting> waiting =
        payments.stream().map(each -> new MempoolFile.Waiting(each, nowSeconds, 0)).toList();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      new MempoolFile(waiting, Map.of(), Set.of()).write(out, Optional.empty());
    }
  }

  private static Block decode(String block) throws CliException {
    try {
      return Block.decode(Hex.decode(block));
    } catch (DecodeException e) {
      throw CliException.failed("the node's block cannot be decoded: " + e.getMessage());
    }
  }

  /**
   * Blocks with the same payments as some full ones, which compete with them, and one more without
   * any.
   *
   * @param first of the blocks
   */
  List<String> rivals(int first, int blocks) throws CliException {
    List<Block> some = new ArrayList<>();
    for (String block : full.subList(first, first + blocks)) {
      some.add(decode(block));
    }
    return RivalBranch.against(some, opening.size() + 1 + first);
  }

  private static Transaction coinbase(RpcClient node, String block)
      throws CliException, RefusedException {
    String hex = node.call("getblock", block, 2).path("tx").path(0).path("hex").asText();
    try {
      return Transaction.decode(Hex.decode(hex));
    } catch (DecodeException e) {
      throw CliException.failed("the node's coinbase cannot be decoded: " + e.getMessage());
    }
  }

  private static List<Transaction> payments(Transaction split) {
    List<Transaction> payments = new ArrayList<>();
    for (int index = 0; index < split.outputs().size(); index++) {
      payments.add(spend(split, index, 2, feeSat(index)));
    }
    return payments;
  }

  private static String block(RpcClient node, String payTo, List<Transaction> transactions)
      throws CliException, RefusedException {
    List<String> raw = transactions.stream().map(it -> Hex.encode(it.serialize())).toList();
    return node.call("generateblock", payTo, Json.of(raw)).path("hash").asText();
  }

  /** Some five to fifty satoshis for a byte, in no order. */
  private static long feeSat(int index) {
    return 700 + index * 7919L % 6300;
  }

  /** Spends an output of ours in equal parts. */
  private static Transaction spend(Transaction source, int index, int parts, long feeSat) {
    TxOut spent = source.outputs().get(index);
    Txid id = source.txid();
    TxIn input = new TxIn(new OutPoint(id, index), Script.EMPTY, -1);
    List<TxOut> outputs =
        Collections.nCopies(parts, new TxOut((spent.valueSat() - feeSat) / parts, KnownKey.LOCK));
    return KnownKey.signed(new Transaction(2, List.of(input), outputs, 0), spent);
  }
}
