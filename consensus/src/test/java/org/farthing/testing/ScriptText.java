package org.farthing.testing;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptBuilder;

/**
 * Scripts as Bitcoin Core's test vectors write them, in words: decimal numbers and strings in
 * single quotes are pushed, {@code 0x…} is taken as it is, all others are opcodes, with or without
 * {@code OP_}. An unknown word is an error.
 */
public final class ScriptText {
  private static final Map<String, Integer> OPCODES = opcodes();

  private ScriptText() {}

  public static Script parse(String text) {
    ScriptBuilder builder = new ScriptBuilder();
    for (String word : text.trim().split("\\s+", -1)) {
      if (!word.isEmpty()) {
        append(builder, word);
      }
    }
    return builder.build();
  }

  private static void append(ScriptBuilder builder, String word) {
    if (word.matches("-?[0-9]+")) {
      builder.number(Long.parseLong(word));
    } else if (word.startsWith("0x")) {
      builder.append(Hex.constant(word.substring(2)));
    } else if (word.length() >= 2 && word.startsWith("'") && word.endsWith("'")) {
      builder.push(word.substring(1, word.length() - 1).getBytes(StandardCharsets.UTF_8));
    } else if (OPCODES.containsKey(word)) {
      builder.op(OPCODES.get(word));
    } else {
      throw new IllegalArgumentException("unknown word in a script: " + word);
    }
  }

  private static Map<String, Integer> opcodes() {
    Map<String, Integer> opcodes = new HashMap<>();
    for (int opcode = Opcode.OP_NOP; opcode <= 0xff; opcode++) {
      add(opcodes, opcode);
    }
    add(opcodes, Opcode.OP_RESERVED);
    return opcodes;
  }

  private static void add(Map<String, Integer> opcodes, int opcode) {
    String name = Opcode.name(opcode);
    if (!name.equals("OP_UNKNOWN")) {
      opcodes.put(name, opcode);
      opcodes.put(name.substring("OP_".length()), opcode);
    }
  }
}
