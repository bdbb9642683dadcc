package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.farthing.node.cli.terminal.Table;
import org.farthing.node.cli.terminal.Text;

/** What a PSBT pays, as people read it; of both versions (BIP174, BIP370). */
final class PsbtText {
  private PsbtText() {}

  /**
   * An output.
   *
   * @param payee address, or the script where there is none
   * @param coins a number
   */
  record Output(String payee, JsonNode coins) {}

  /**
   * @param decoded by {@code decodepsbt}
   */
  static List<Output> outputs(JsonNode decoded) {
    List<Output> outputs = new ArrayList<>();
    if (decoded.has("tx")) {
      decoded
          .path("tx")
          .path("vout")
          .forEach(each -> outputs.add(output(each.path("scriptPubKey"), each.path("value"))));
    } else {
      decoded
          .path("outputs")
          .forEach(each -> outputs.add(output(each.path("script"), each.path("amount"))));
    }
    return outputs;
  }

  private static Output output(JsonNode script, JsonNode coins) {
    return new Output(script.path("address").asText(script.path("hex").asText()), coins);
  }

  /** All that it pays, and the fee, if it is known. */
  static Table table(JsonNode decoded) {
    Table table = new Table().left("").right("").left("");
    for (Output output : outputs(decoded)) {
      table.row("pay", Text.coins(output.coins()), "to " + output.payee());
    }
    if (decoded.has("fee")) {
      table.row("fee", Text.coins(decoded.path("fee")), "");
    }
    return table;
  }
}
