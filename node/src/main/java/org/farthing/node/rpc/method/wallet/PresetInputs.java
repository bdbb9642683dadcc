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
import org.farthing.node.rpc.method.rawtx.RawTransactionParams;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.wallet.spend.TxPlan;

/**
 * Coins that the caller wants spent in any case.
 *
 * @param coins each once, in the order of the caller
 * @param sequences the numbers that the caller names; of some coins, or of none
 */
record PresetInputs(List<OutPoint> coins, Map<OutPoint, Integer> sequences) {
  static final Param<JsonNode> PARAM =
      Param.array(
              "inputs",
              "Coins that are spent in any case",
              Param.object(
                  "",
                  "",
                  Param.txid("txid", "The transaction id"),
                  Param.integer("vout", "The index of the output"),
                  Param.unsigned("sequence", 32, "The sequence number").orNothing()))
          .orNothing();

  PresetInputs {
    coins = List.copyOf(coins);
    sequences = Map.copyOf(sequences);
  }

  /** What the parameter says; a coin that is named again counts as it was named last. */
  static PresetInputs of(Optional<JsonNode> given) {
    Set<OutPoint> coins = new LinkedHashSet<>();
    Map<OutPoint, Integer> sequences = new LinkedHashMap<>();
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
          }
        });
    return new PresetInputs(List.copyOf(coins), sequences);
  }

  /**
   * The lock time of a transaction with these inputs: what the caller wants, or else the plan's;
   * beside a final input none is made up, since the caller may not know that there is one.
   */
  int lockTime(Optional<Long> wanted, TxPlan plan) {
    boolean anyFinal = sequences.values().contains(Sequence.FINAL);
    return wanted.map(Long::intValue).orElse(anyFinal ? 0 : plan.unsigned().lockTime());
  }
}
