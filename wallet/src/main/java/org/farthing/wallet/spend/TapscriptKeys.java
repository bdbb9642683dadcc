package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.Instructions;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptNum;

/**
 * Whose signatures a tapscript of {@code pk} or {@code multi_a} wants (BIP-0386, BIP-0387).
 *
 * @param required how many of them
 * @param keys x-only, in the order of the script
 */
record TapscriptKeys(int required, List<byte[]> keys) {
  private static final int MAX_NUMBER_BYTES = 2;

  TapscriptKeys {
    keys = List.copyOf(keys);
  }

  /** Empty for any other script. */
  static Optional<TapscriptKeys> of(Script script) {
    Instructions in = new Instructions(script);
    List<byte[]> keys = new ArrayList<>();
    int check = Opcode.OP_CHECKSIG;
    boolean more = in.next();
    while (more && in.opcode() == Secp256k1.KEY_SIZE) {
      keys.add(in.data());
      if (!in.next() || in.opcode() != check) {
        return Optional.empty();
      }
      check = Opcode.OP_CHECKSIGADD;
      more = in.next();
    }
    if (in.position() == script.size() && !more && keys.size() == 1) {
      return Optional.of(new TapscriptKeys(1, keys));
    }
    int required = more ? number(in) : 0;
    boolean ends =
        required >= 1
            && required <= keys.size()
            && in.next()
            && in.opcode() == Opcode.OP_NUMEQUAL
            && in.position() == script.size();
    return ends ? Optional.of(new TapscriptKeys(required, keys)) : Optional.empty();
  }

  /** The number that an instruction pushes in its shortest form; 0 if there is none. */
  private static int number(Instructions in) {
    if (Opcode.isSmallNumber(in.opcode())) {
      return Opcode.smallNumber(in.opcode());
    }
    byte[] data = in.data();
    if (data.length == 0 || data.length > MAX_NUMBER_BYTES || !in.isMinimalPush()) {
      return 0;
    }
    int number = (data[0] & 0xff) | (data.length > 1 ? (data[1] & 0xff) << 8 : 0);
    return Arrays.equals(ScriptNum.encode(number), data) ? number : 0;
  }
}
