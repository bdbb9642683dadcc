package org.farthing.node.mining.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model's two ways to find chunks come to the same. */
class ModelChunkTest {
  private static final int GROUPS = 300;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void cuttingFindsWhatLookingAtAllSetsDoes(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < GROUPS; i++) {
      List<ModelTx> group = group(random, 1 + random.nextInt(ModelChunk.EXHAUSTIVE));
      assertThat(ModelDiagram.of(ModelChunk.byCutting(group)))
          .isEqualTo(ModelDiagram.of(ModelChunk.byLooking(group)));
    }
  }

  private static List<ModelTx> group(Random random, int size) {
    List<ModelTx> group = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<TxIn> inputs = new ArrayList<>(List.of(input(OutPoint.NULL)));
      for (ModelTx parent : group) {
        if (random.nextInt(3) == 0) {
          inputs.add(input(parent.transaction().outPoint(i)));
        }
      }
      List<TxOut> outputs = List.of(new TxOut(random.nextInt(1 << 30), Script.EMPTY));
      group.add(ModelTx.of(new Transaction(2, inputs, outputs, 0), random.nextInt(1000), 0, 0));
    }
    return group;
  }

  private static TxIn input(OutPoint spent) {
    return new TxIn(spent, Script.EMPTY, -1);
  }
}
