package org.farthing.node.rpc.electrum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.json.Json;

/** What the server says of itself. */
record ServerInfo(String software, BlockHash genesis) {
  static final String CLIENT_NAME = "client_name";
  static final String PROTOCOL_VERSION = "protocol_version";

  private static final String PROTOCOL = "1.4";

  String banner() {
    return "A Farthing node: " + software;
  }

  /**
   * The software, and the version of the protocol that both sides speak.
   *
   * @throws ElectrumException if the client speaks no such version
   */
  JsonNode version(Params params) throws ElectrumException {
    params.clientRange(1, PROTOCOL).check(PROTOCOL);
    return Json.array().add(software).add(PROTOCOL);
  }

  JsonNode features() {
    ObjectNode json = Json.object();
    json.put("genesis_hash", genesis.toString());
    json.putObject("hosts");
    json.put("protocol_min", PROTOCOL);
    json.put("protocol_max", PROTOCOL);
    json.putNull("pruning");
    json.put("server_version", software);
    json.put("hash_function", "sha256");
    return json;
  }

  /** The versions that a client speaks: numbers with dots, compared part by part. */
  record Range(String least, String most) {
    void check(String ours) throws ElectrumException {
      if (compare(least, ours) > 0 || compare(most, ours) < 0) {
        throw ElectrumException.badRequest(
            "unsupported protocol version: this server speaks " + ours);
      }
    }

    private static int compare(String one, String other) throws ElectrumException {
      return Arrays.compare(parts(one), parts(other));
    }

    /** Without zeros at the end, so that 1.4 and 1.4.0 are the same. */
    private static int[] parts(String version) throws ElectrumException {
      try {
        int[] parts = Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
        int length = parts.length;
        while (length > 0 && parts[length - 1] == 0) {
          length--;
        }
        return Arrays.copyOf(parts, length);
      } catch (NumberFormatException e) {
        throw ElectrumException.invalidParams("invalid protocol version " + version);
      }
    }
  }
}
