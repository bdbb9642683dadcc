package org.farthing.node.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.DoubleConsumer;

/**
 * What a miner and the server agree on before anything else ({@code mining.configure}, BIP-0310).
 */
final class Extensions {
  private static final String ROLLING = "version-rolling";
  private static final String LEAST_DIFFICULTY = "minimum-difficulty";
  private static final String EXTRA_NONCE = "subscribe-extranonce";

  private Extensions() {}

  /**
   * @param params the names of extensions, and an object with what belongs to them
   * @param leastDifficulty gets what the miner wants a share to have at least
   */
  static JsonNode agreeOn(Parameters params, VersionRolling rolling, DoubleConsumer leastDifficulty)
      throws StratumException {
    JsonNode values = params.get(1);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    for (JsonNode each : params.get(0)) {
      String name = each.asText();
      switch (name) {
        case ROLLING -> {
          JsonNode mask = values.path(ROLLING + ".mask");
          int wanted =
              mask.isTextual()
                  ? Parameters.int32(mask.textValue(), "The mask")
                  : VersionRolling.ALLOWED;
          answer.put(ROLLING, true);
          answer.put(ROLLING + ".mask", "%08x".formatted(rolling.agreeOn(wanted)));
        }
        case LEAST_DIFFICULTY -> {
          leastDifficulty.accept(Parameters.difficulty(values.path(LEAST_DIFFICULTY + ".value")));
          answer.put(LEAST_DIFFICULTY, true);
        }
        case EXTRA_NONCE -> answer.put(EXTRA_NONCE, true);
        default -> answer.put(StratumLine.shortened(name), false);
      }
    }
    return answer;
  }
}
