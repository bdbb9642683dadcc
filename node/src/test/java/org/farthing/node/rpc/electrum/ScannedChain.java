package org.farthing.node.rpc.electrum;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.testing.ChainBuilder;

/** A regtest chain and a mempool; the history of a script is counted from all blocks. */
final class ScannedChain implements ElectrumPort, AutoCloseable {
  final ChainBuilder builder = ChainBuilder.regtest();
  final Mempool mempool =
      new Mempool(MempoolChain.of(builder.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);

  ScannedChain() {
    builder.chain().addListener(mempool::chainEvent);
  }

  void wait(Transaction transaction) {
    if (!mempool.accept(transaction, builder.nowSeconds() * 1000).isAccepted()) {
      throw new AssertionError("refused: " + transaction.txid());
    }
  }

  @Override
  public ChainSnapshot chain() {
    return builder.chain().snapshot();
  }

  @Override
  public MempoolSnapshot mempool() {
    return mempool.snapshot();
  }

  @Override
  public List<Confirmed> history(ScriptHash script, int most) {
    Set<OutPoint> paid = new HashSet<>();
    Set<Confirmed> found = new LinkedHashSet<>();
    for (int height = 0; height <= builder.tip().height(); height++) {
      for (Transaction transaction : builder.block(height).transactions()) {
        Confirmed confirmed = new Confirmed(transaction.txid(), height);
        if (transaction.inputs().stream().anyMatch(input -> paid.contains(input.outPoint()))) {
          found.add(confirmed);
        }
        for (int i = 0; i < transaction.outputs().size(); i++) {
          if (ScriptHash.of(transaction.outputs().get(i).scriptPubKey()).equals(script)) {
            paid.add(transaction.outPoint(i));
            found.add(confirmed);
          }
        }
      }
    }
    return List.copyOf(found);
  }

  @Override
  public List<Unspent> coins(ScriptHash script) {
    List<Unspent> coins = new ArrayList<>();
    for (int height = 0; height <= builder.tip().height(); height++) {
      for (Transaction transaction : builder.block(height).transactions()) {
        for (int i = 0; i < transaction.outputs().size(); i++) {
          TxOut output = transaction.outputs().get(i);
          OutPoint outPoint = transaction.outPoint(i);
          if (ScriptHash.of(output.scriptPubKey()).equals(script)
              && builder.coin(outPoint).isPresent()) {
            coins.add(new Unspent(outPoint, output.valueSat(), height));
          }
        }
      }
    }
    return coins;
  }

  @Override
  public long balanceSat(ScriptHash script) {
    return coins(script).stream().mapToLong(Unspent::valueSat).sum();
  }

  @Override
  public JsonNode call(String method, Object... params) {
    return switch (method) {
      case "sendrawtransaction" -> {
        try {
          Transaction transaction = Transaction.decode(Hex.decode((String) params[0]));
          wait(transaction);
          yield Json.text(transaction.txid());
        } catch (DecodeException e) {
          throw new RpcException(RpcErrorCode.DESERIALIZATION_ERROR, "TX decode failed");
        }
      }
      case "estimatesmartfee" -> Json.object().put("blocks", 2);
      default -> throw new AssertionError("not asked for here: " + method);
    };
  }

  @Override
  public void close() {
    builder.close();
  }
}
