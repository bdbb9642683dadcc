package org.farthing.wallet.descriptor;

/** The eight characters behind {@code #} that find typing mistakes in a descriptor (BIP-0380). */
public final class DescriptorChecksum {
  private static final String INPUT =
      "0123456789()[],'/*abcdefgh@:$%{}"
          + "IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~"
          + "ijklmnopqrstuvwxyzABCDEFGH`#\"\\ ";
  private static final String OUTPUT = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final long[] GENERATOR = {
    0xf5dee51989L, 0xa9fdca3312L, 0x1bab10e32dL, 0x3706b1677aL, 0x644d626ffdL
  };
  private static final int LENGTH = 8;

  private DescriptorChecksum() {}

  /** The descriptor with {@code #} and its checksum. */
  public static String append(String descriptor) {
    return descriptor + "#" + of(descriptor);
  }

  /**
   * @param descriptor without {@code #} and checksum
   * @throws IllegalArgumentException for a character that descriptors don't have
   */
  public static String of(String descriptor) {
    long state = 1;
    int classes = 0;
    int count = 0;
    for (int i = 0; i < descriptor.length(); i++) {
      int position = INPUT.indexOf(descriptor.charAt(i));
      if (position < 0) {
        throw new IllegalArgumentException(
            "character '" + descriptor.charAt(i) + "' is not allowed in a descriptor");
      }
      state = step(state, position & 31);
      classes = classes * 3 + (position >> 5);
      if (++count == 3) {
        state = step(state, classes);
        classes = 0;
        count = 0;
      }
    }
    if (count > 0) {
      state = step(state, classes);
    }
    for (int i = 0; i < LENGTH; i++) {
      state = step(state, 0);
    }
    state ^= 1;
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(OUTPUT.charAt((int) (state >>> (5 * (LENGTH - 1 - i))) & 31));
    }
    return text.toString();
  }

  private static long step(long state, int value) {
    int top = (int) (state >>> 35);
    long next = ((state & 0x7ffffffffL) << 5) ^ value;
    for (int i = 0; i < GENERATOR.length; i++) {
      if (((top >>> i) & 1) != 0) {
        next ^= GENERATOR[i];
      }
    }
    return next;
  }
}
