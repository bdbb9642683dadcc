package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Read;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.spend.Payment;

/** From which payees the fee is taken. */
final class FeePayers {
  private static final String WHERE = "Invalid parameter 'subtract fee from output', ";

  private FeePayers() {}

  /**
   * The payees, of whom some pay the fee.
   *
   * @param payers their places among the outputs, or their addresses, in an array
   */
  static List<Payment> payments(List<TxOut> outputs, Optional<JsonNode> payers, Wallet wallet) {
    Set<Integer> positions = new HashSet<>();
    for (JsonNode payer : payers.orElseGet(Json::array)) {
      int position = position(payer, outputs, wallet);
      if (position < 0) {
        throw RpcException.invalidParameter(WHERE + "negative position: " + position);
      }
      if (position >= outputs.size()) {
        throw RpcException.invalidParameter(WHERE + "position too large: " + position);
      }
      if (!positions.add(position)) {
        throw RpcException.invalidParameter(WHERE + "duplicated position: " + position);
      }
    }
    List<Payment> payments = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      TxOut output = outputs.get(i);
      payments.add(new Payment(output.scriptPubKey(), output.valueSat(), positions.contains(i)));
    }
    return payments;
  }

  private static int position(JsonNode payer, List<TxOut> outputs, Wallet wallet) {
    if (payer.isNumber()) {
      return Read.int32(payer);
    }
    if (!payer.isTextual()) {
      throw RpcException.invalidParameter(WHERE + "invalid value type: " + Json.typeName(payer));
    }
    for (int i = 0; i < outputs.size(); i++) {
      Script script = outputs.get(i).scriptPubKey();
      if (wallet
          .addresses()
          .of(script)
          .map(Address::toString)
          .filter(payer.asText()::equals)
          .isPresent()) {
        return i;
      }
    }
    throw RpcException.invalidParameter(
        WHERE + "destination " + payer.asText() + " not found in tx outputs");
  }
}
