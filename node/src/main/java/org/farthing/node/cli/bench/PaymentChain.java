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

  /** Whom the blocks of the other branch pay: anybody. */
  private static final String OTHER = "raw(51)";

  /**
   * Makes the chain on a new node.
   *
   * @param blocks how many are full
   * @param payments in each of them
   * @param progress is told how far it is
   */
  static PaymentChain make(RpcClient node, int blocks, int payments, Consumer<String> progress)
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
      opening.add(node.call("getblock", block(node, some), 0).asText());
    }
    List<String> full = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    for (Transaction split : splits) {
      progress.accept(full.size() + " of " + blocks + " blocks of payments are made");
      String hash = block(node, payments(split));
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

  /** The payments of one of the full blocks, as they are sent, in hexadecimal. */
  List<String> payments(int block) throws CliException {
    return decode(full.get(block)).stream()
        .skip(1)
        .map(each -> Hex.encode(each.serialize()))
        .toList();
  }

  /**
   * Lets the payments of some full blocks wait in a node's mempool: by a file, since thousands of
   * calls would take longer than all that is to be measured.
   *
   * @param first of the blocks
   */
  void letWait(RunningNode node, int first, int blocks)
      throws CliException, RefusedException, IOException {
    long nowSeconds = System.currentTimeMillis() / 1000;
    List<MempoolFile.Waiting> waiting = new ArrayList<>();
    for (int i = first; i < first + blocks; i++) {
      decode(full.get(i)).stream()
          .skip(1)
          .forEach(each -> waiting.add(new MempoolFile.Waiting(each, nowSeconds, 0)));
    }
    Path file = Files.createTempFile("farthing-bench-", ".mempool");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        new MempoolFile(waiting, Map.of(), Set.of()).write(out, Optional.empty());
      }
      node.rpc().call("importmempool", file.toString());
    } finally {
      Files.delete(file);
    }
    int found = node.rpc().call("getmempoolinfo").path("size").asInt();
    if (found != waiting.size()) {
      throw CliException.failed(
          "the benchmark cannot go on: of %d payments wait %d in %s"
              .formatted(waiting.size(), found, node.name()));
    }
  }

  private static List<Transaction> decode(String block) throws CliException {
    try {
      return Block.decode(Hex.decode(block)).transactions();
    } catch (DecodeException e) {
      throw CliException.failed("the node's block cannot be decoded: " + e.getMessage());
    }
  }

  /**
   * Blocks with the same payments, which compete with the full ones, and one more without any.
   *
   * @param node another new one
   */
  List<String> otherBranch(RpcClient node) throws CliException, RefusedException {
    for (String block : opening) {
      node.call("submitblock", block);
    }
    List<String> branch = new ArrayList<>();
    for (int i = 0; i <= full.size(); i++) {
      List<String> raw = i < full.size() ? payments(i) : List.of();
      String hash = node.call("generateblock", OTHER, Json.of(raw)).path("hash").asText();
      branch.add(node.call("getblock", hash, 0).asText());
    }
    return branch;
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

  private static String block(RpcClient node, List<Transaction> transactions)
      throws CliException, RefusedException {
    List<String> raw = transactions.stream().map(it -> Hex.encode(it.serialize())).toList();
    return node.call("generateblock", ADDRESS, Json.of(raw)).path("hash").asText();
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
