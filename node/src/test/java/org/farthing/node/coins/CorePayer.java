package org.farthing.node.coins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.process.BitcoindProcess;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.ScriptExpression;

/**
 * A wallet of Bitcoin Core's on regtest. Who pays it is the miner, from a coin that anybody can
 * spend.
 */
@SuppressWarnings("try")
final class CorePayer extends Payer {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Script ANYONE = Script.of(new byte[] {0x51});
  private static final String MINER = "raw(51)";

  /** Blocks before the subsidy is halved on regtest: it is 50 coins in each. */
  private static final int BLOCKS = 149;

  private static final int MATURITY = 100;
  private static final long SUBSIDY = 50 * Amount.COIN;

  private final BitcoindProcess process;
  private final RpcClient rpc;
  private final List<String> waiting = new ArrayList<>();
  private final ScriptExpression descriptor;
  private int scripts;
  private OutPoint source;
  private long sourceSat = BLOCKS * SUBSIDY;

  CorePayer(Path program, Path folder) throws Exception {
    process =
        BitcoindProcess.start(program, folder, List.of("-maxtxfee=1", "-fallbackfee=0.00001"));
    await().atMost(LIMIT).until(process::isReady);
    rpc = process.rpc();
    rpc.call("createwallet", "coins");
    descriptor = descriptor(rpc);
    rpc.call("generatetodescriptor", BLOCKS + MATURITY, MINER);
    List<TxIn> inputs = new ArrayList<>();
    for (int height = 1; height <= BLOCKS; height++) {
      JsonNode block = rpc.call("getblock", rpc.call("getblockhash", height).asText());
      OutPoint coin = new OutPoint(Txid.parse(block.get("tx").get(0).asText()), 0);
      inputs.add(new TxIn(coin, Script.EMPTY, -1));
    }
    Transaction together = new Transaction(2, inputs, List.of(new TxOut(sourceSat, ANYONE)), 0);
    source = together.outPoint(0);
    waiting.add(hex(together));
    mine();
  }

  private static String hex(Transaction transaction) {
    return HexFormat.of().formatHex(transaction.serialize());
  }

  private void mine() throws Exception {
    rpc.call("generateblock", MINER, waiting);
    waiting.clear();
  }

  @Override
  String name() {
    return "Bitcoin Core";
  }

  /** The wallet looks for some hundred addresses after the last one that was paid. */
  @Override
  Script newScript() {
    return descriptor.scriptAt(scripts++);
  }

  private static ScriptExpression descriptor(RpcClient rpc) throws Exception {
    for (JsonNode each : rpc.call("listdescriptors").get("descriptors")) {
      String text = each.get("desc").asText();
      if (text.startsWith("wpkh(") && !each.get("internal").asBoolean()) {
        return ScriptExpression.parse(text, ConsensusParams.regtest().network());
      }
    }
    throw new AssertionError("no descriptor for P2WPKH");
  }

  @Override
  void confirm(List<TxOut> receipts) throws Exception {
    if (!receipts.isEmpty()) {
      List<TxOut> outputs = new ArrayList<>(receipts);
      sourceSat -= receipts.stream().mapToLong(TxOut::valueSat).sum();
      outputs.add(new TxOut(sourceSat, ANYONE));
      TxIn input = new TxIn(source, Script.EMPTY, -1);
      Transaction transaction = new Transaction(2, List.of(input), outputs, 0);
      source = transaction.outPoint(receipts.size());
      ledger.receive(transaction, scripts(receipts));
      waiting.add(hex(transaction));
    }
    mine();
  }

  @Override
  Paid makePayment(Script payee, long amountSat, long rate) throws Exception {
    String to = Address.ofScript(payee, ConsensusParams.regtest().network()).orElseThrow() + "";
    String txid;
    try {
      txid =
          rpc.call(
                  "sendtoaddress",
                  to,
                  Amount.format(amountSat),
                  null,
                  null,
                  false,
                  true,
                  null,
                  null,
                  null,
                  rate)
              .asText();
    } catch (RefusedException e) {
      throw new Refusal(e);
    }
    JsonNode entry = rpc.call("gettransaction", txid);
    String hex = entry.get("hex").asText();
    waiting.add(txid);
    long feeSat = entry.get("fee").decimalValue().negate().movePointRight(8).longValueExact();
    return new Paid(Transaction.decode(HexFormat.of().parseHex(hex)), feeSat);
  }

  @Override
  public void close() throws Exception {
    try {
      assertThat(rpc.call("listunspent", 0)).hasSize(ledger.coins().size());
    } finally {
      process.askToStop();
      process.awaitStop();
    }
  }
}
