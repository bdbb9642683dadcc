package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.method.rawtx.RawTransactionParams;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.wallet.spend.TxPlan;

/**
 * Coins that the caller wants spent in any case.
 *
 * @param coins each once, in the order of the caller
 * @param sequences the numbers that the caller names; of some coins, or of none
 * @param weights of inputs, where the caller knows them
 */
record PresetInputs(
    List<OutPoint> coins, Map<OutPoint, Integer> sequences, Map<OutPoint, Integer> weights) {
  static final Param<JsonNode> PARAM =
      Param.array(
              "inputs",
              "Coins that are spent in any case",
              Param.object(
                  "",
                  "",
                  Param.txid("txid", "The transaction id"),
                  Param.integer("vout", "The index of the output"),
                  Param.unsigned("sequence", 32, "The sequence number").orNothing(),
                  SolvingData.WEIGHT))
          .orNothing();

  /** Where other methods name weights. */
  static final Param<JsonNode> NO_WEIGHTS =
      Param.any("input_weights", "Refused: weights stand in the inputs", value -> value)
          .oneOf(Param.array("", "", Param.object("", "")))
          .orNothing();

  static void refuseWeights(Fields options) {
    if (options.has(NO_WEIGHTS)) {
      throw RpcException.invalidParameter(
          "Input weights should be specified in inputs rather than in options.");
    }
  }

  PresetInputs {
    coins = List.copyOf(coins);
    sequences = Map.copyOf(sequences);
    weights = Map.copyOf(weights);
  }

  /** What the parameter says; a coin that is named again counts as it was named last. */
  static PresetInputs of(Optional<JsonNode> given) {
    Set<OutPoint> coins = new LinkedHashSet<>();
    Map<OutPoint, Integer> sequences = new LinkedHashMap<>();
    Map<OutPoint, Integer> weights = new LinkedHashMap<>();
    given.ifPresent(
        inputs -> {
          for (JsonNode input : inputs) {
            OutPoint coin = RawTransactionParams.outPoint(input);
            coins.add(coin);
            if (input.path("sequence").isNumber()) {
              sequences.put(coin, (int) Read.unsigned(input.get("sequence"), 32));
            } else {
              sequences.remove(coin);
            }
            if (input.path("weight").isNumber()) {
              weights.put(coin, SolvingData.weight(Read.int64(input.get("weight"))));
            }
          }
        });
    return new PresetInputs(List.copyOf(coins), sequences, weights);
  }

  /**
   * The lock time of a transaction with these inputs: what the caller wants, or else the plan's;
   * beside sequence numbers of another kind none is made up, since they may mean something.
   */
  int lockTime(Optional<Long> wanted, TxPlan plan) {
    boolean usual =
        sequences.values().stream()
            .allMatch(
                sequence ->
                    sequence == Sequence.MAX_NON_FINAL || sequence == Sequence.MAX_REPLACEABLE);
    return wanted.map(Long::intValue).orElse(usual ? plan.unsigned().lockTime() : 0);
  }
}
