package org.farthing.node.rpc.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.EcdsaSignature;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.Instructions;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.SigHashType;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.DescriptorChecksum;

/** Scripts of one network in JSON: assembler, descriptor, type and address as Bitcoin Core's. */
public final class ScriptJson {
  /** Pushes of at most so many bytes are shown as numbers. */
  private static final int MAX_NUMBER_BYTES = 4;

  private final Network network;

  public ScriptJson(Network network) {
    this.network = network;
  }

  /** An output's script: asm, desc, hex, address where there is one, type. */
  public ObjectNode output(Script script) {
    ObjectNode json = Json.object();
    json.put("asm", assembler(script));
    json.put("desc", descriptor(script));
    json.put("hex", script.toHex());
    address(script).ifPresent(address -> json.put("address", address));
    json.put("type", ScriptPattern.classify(script).rpcName());
    return json;
  }

  /** A script that is no output's: asm, hex, type. */
  public static ObjectNode bare(Script script) {
    ObjectNode json = Json.object();
    json.put("asm", assembler(script));
    json.put("hex", script.toHex());
    return json.put("type", ScriptPattern.classify(script).rpcName());
  }

  /** An input's script: asm, in which signatures show what they cover, and hex. */
  public static ObjectNode input(Script script) {
    ObjectNode json = Json.object();
    json.put("asm", disassemble(script, !ScriptPattern.isUnspendable(script)));
    json.put("hex", script.toHex());
    return json;
  }

  public Optional<String> address(Script script) {
    return ScriptPattern.classify(script) == OutputType.P2PK
        ? Optional.empty()
        : Address.ofScript(script, network).map(Address::toString);
  }

  /** The descriptor that a script alone gives away, with its checksum. */
  public String descriptor(Script script) {
    String text =
        switch (ScriptPattern.classify(script)) {
          case P2PK -> "pk(" + payloadHex(script) + ")";
          case P2TR -> "rawtr(" + payloadHex(script) + ")";
          case MULTISIG -> multisig(ScriptPattern.multisig(script).orElseThrow());
          default -> address(script).map(a -> "addr(" + a + ")").orElse("raw(" + script + ")");
        };
    return text + "#" + DescriptorChecksum.of(text);
  }

  private static String payloadHex(Script script) {
    return Hex.encode(ScriptPattern.payload(script).orElseThrow());
  }

  private static String multisig(ScriptPattern.Multisig multisig) {
    List<byte[]> keys = multisig.keys();
    return keys.stream()
        .map(Hex::encode)
        .collect(Collectors.joining(",", "multi(" + multisig.required() + ",", ")"));
  }

  /** One word for each instruction; pushes as numbers or hex. */
  public static String assembler(Script script) {
    return disassemble(script, false);
  }

  private static String disassemble(Script script, boolean showSigHash) {
    StringBuilder words = new StringBuilder();
    Instructions instructions = new Instructions(script);
    while (instructions.next()) {
      words.append(words.isEmpty() ? "" : " ");
      words.append(
          Opcode.isPushData(instructions.opcode())
              ? push(instructions.data(), showSigHash)
              : Opcode.name(instructions.opcode()));
    }
    if (instructions.isMalformed()) {
      words.append(words.isEmpty() ? "" : " ").append("[error]");
    }
    return words.toString();
  }

  private static String push(byte[] data, boolean showSigHash) {
    if (data.length <= MAX_NUMBER_BYTES) {
      return Long.toString(number(data));
    }
    if (showSigHash && EcdsaSignature.isStrictDer(withoutLast(data))) {
      String covered = sigHashName(data[data.length - 1] & 0xff);
      if (!covered.isEmpty()) {
        return Hex.encode(withoutLast(data)) + "[" + covered + "]";
      }
    }
    return Hex.encode(data);
  }

  /** Little-endian; the highest bit is the sign. */
  private static long number(byte[] data) {
    long value = 0;
    for (int i = 0; i < data.length; i++) {
      value |= (data[i] & 0xffL) << (8 * i);
    }
    long sign = data.length == 0 ? 0 : 1L << (8 * data.length - 1);
    return (value & sign) == 0 ? value : -(value & ~sign);
  }

  private static byte[] withoutLast(byte[] data) {
    return Arrays.copyOf(data, data.length - 1);
  }

  /** Empty for a type that is not defined before taproot. */
  public static String sigHashName(int type) {
    String name =
        switch (type & ~SigHashType.ANYONE_CAN_PAY) {
          case SigHashType.ALL -> "ALL";
          case SigHashType.NONE -> "NONE";
          case SigHashType.SINGLE -> "SINGLE";
          default -> "";
        };
    boolean anyoneCanPay = (type & SigHashType.ANYONE_CAN_PAY) != 0;
    return !name.isEmpty() && anyoneCanPay ? name + "|ANYONECANPAY" : name;
  }
}
