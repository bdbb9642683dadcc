package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.Instructions;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.ScriptJson;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.InferredDescriptor;

/** {@code decodescript}. */
public final class DecodeScript implements RpcMethod {
  private static final Param<String> HEX = Param.text("hexstring", "The script in hex");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "decodescript",
              Category.RAW_TRANSACTIONS,
              "Shows what a script says, and the addresses of scripts that wrap it.")
          .takes(HEX)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.text("asm", "disassembly"),
                  Result.text("desc", "inferred descriptor"),
                  Result.text("address", "if there is one").maybe(),
                  Result.text("type", "the type"),
                  Result.text("p2sh", "address of the P2SH that wraps it").maybe(),
                  Result.object(
                          "segwit",
                          "the witness program that wraps it",
                          Result.text("asm", "disassembly"),
                          Result.text("desc", "inferred descriptor"),
                          Result.hex("hex", "the bytes"),
                          Result.text("address", "if there is one").maybe(),
                          Result.text("type", "the type"),
                          Result.text("p2sh-segwit", "address of the P2SH that wraps it"))
                      .maybe()))
          .example("\"hexstring\"");

  private static final int COMPRESSED_KEY_SIZE = 33;

  private final Network network;
  private final ScriptJson scripts;

  public DecodeScript(ChainPort chain) {
    this.network = chain.params().network();
    this.scripts = new ScriptJson(network);
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Script script = Script.of(Read.hex("argument", request.get(HEX)));
    ObjectNode json = scripts.output(script);
    json.remove("hex");
    if (canBeWrapped(script)) {
      json.put("p2sh", p2sh(script));
      witnessProgram(script).ifPresent(program -> json.set("segwit", segwit(program, script)));
    }
    return json;
  }

  private ObjectNode segwit(Script program, Script script) {
    ObjectNode json = scripts.output(program);
    if (ScriptPattern.classify(program) == OutputType.P2WSH) {
      InferredDescriptor.ofWitnessScript(script)
          .ifPresent(descriptor -> json.put("desc", descriptor.text()));
    }
    return json.put("p2sh-segwit", p2sh(program));
  }

  private static boolean canBeWrapped(Script script) {
    return switch (ScriptPattern.classify(script)) {
      case MULTISIG, NONSTANDARD, P2PK, P2PKH, P2WPKH, P2WSH ->
          !ScriptPattern.isUnspendable(script)
              && ScriptPattern.hasKnownOpcodes(script)
              && !isTapscript(script);
      case NULL_DATA, P2SH, WITNESS_UNKNOWN, P2TR, ANCHOR -> false;
    };
  }

  /** Whether it has an instruction that only tapscript knows. */
  private static boolean isTapscript(Script script) {
    Instructions instructions = new Instructions(script);
    while (instructions.next()) {
      if (instructions.opcode() == Opcode.OP_CHECKSIGADD
          || Opcode.isSuccess(instructions.opcode())) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Script> witnessProgram(Script script) {
    return switch (ScriptPattern.classify(script)) {
      case P2PK ->
          ScriptPattern.payload(script)
              .filter(key -> key.length == COMPRESSED_KEY_SIZE)
              .map(key -> ScriptPattern.p2wpkh(Hash160.hash(key)));
      case P2PKH -> ScriptPattern.payload(script).map(ScriptPattern::p2wpkh);
      case MULTISIG ->
          ScriptPattern.multisig(script)
              .filter(m -> m.keys().stream().allMatch(k -> k.length == COMPRESSED_KEY_SIZE))
              .map(m -> ScriptPattern.p2wsh(script));
      case NONSTANDARD -> Optional.of(ScriptPattern.p2wsh(script));
      default -> Optional.empty();
    };
  }

  private String p2sh(Script script) {
    return Address.p2sh(network, Hash160.hash(script.toByteArray())).toString();
  }
}
