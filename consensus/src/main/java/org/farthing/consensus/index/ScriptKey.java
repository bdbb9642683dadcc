package org.farthing.consensus.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Script;

/**
 * An output script, as the address index knows it: the first half of its SHA-256. Two scripts with
 * the same key can be found by nobody who did not make both.
 */
public record ScriptKey(long first, long second) {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  public static ScriptKey of(Script script) {
    return ofHash(Sha256.hash(script.toByteArray()));
  }

  /**
   * @param hash the SHA-256 of the script, as it comes: Electrum shows it reversed
   */
  public static ScriptKey ofHash(byte[] hash) {
    if (hash.length != Sha256.SIZE) {
      throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + hash.length);
    }
    return new ScriptKey((long) LONG.get(hash, 0), (long) LONG.get(hash, 8));
  }

  void writeTo(ByteWriter out) {
    out.int64(first).int64(second);
  }

  static ScriptKey read(ByteReader in) throws DecodeException {
    long first = in.int64();
    return new ScriptKey(first, in.int64());
  }
}
