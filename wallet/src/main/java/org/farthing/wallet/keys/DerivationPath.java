package org.farthing.wallet.keys;

import java.util.ArrayList;
import java.util.List;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/**
 * The way from a key to one of its descendants (BIP-0032), as in {@code 84h/1h/0h/0/7}.
 *
 * @param steps child numbers, unsigned: from {@link #HARDENED} on they are hardened
 */
public record DerivationPath(List<Integer> steps) {
  /** The bit of a hardened child number, which only a private key can derive. */
  public static final int HARDENED = 0x80000000;

  /** The key itself. */
  public static final DerivationPath EMPTY = new DerivationPath(List.of());

  public DerivationPath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads {@code m/84h/1h/0h}, {@code 84'/1'/0'} and the like; {@code m} alone and the empty text
   * are the key itself.
   */
  public static DerivationPath parse(String text) throws WalletException {
    String rest = text.equals("m") ? "" : text.startsWith("m/") ? text.substring(2) : text;
    if (rest.isEmpty()) {
      return EMPTY;
    }
    List<Integer> steps = new ArrayList<>();
    for (String step : rest.split("/", -1)) {
      steps.add(parseStep(step));
    }
    return new DerivationPath(steps);
  }

  /** Reads one child number; {@code h}, {@code H} and {@code '} behind it mean hardened. */
  public static int parseStep(String step) throws WalletException {
    boolean hardened = step.endsWith("h") || step.endsWith("H") || step.endsWith("'");
    String digits = hardened ? step.substring(0, step.length() - 1) : step;
    if (!digits.matches("[0-9]{1,10}") || Long.parseLong(digits) >= 1L << 31) {
      throw new WalletException(
          WalletError.INVALID_KEY, "'" + step + "' is not a key path element from 0 to 2147483647");
    }
    return Integer.parseInt(digits) | (hardened ? HARDENED : 0);
  }

  public static boolean isHardened(int step) {
    return (step & HARDENED) != 0;
  }

  public DerivationPath child(int step) {
    List<Integer> longer = new ArrayList<>(steps);
    longer.add(step);
    return new DerivationPath(longer);
  }

  public DerivationPath then(DerivationPath further) {
    List<Integer> longer = new ArrayList<>(steps);
    longer.addAll(further.steps);
    return new DerivationPath(longer);
  }

  public static String stepToString(int step) {
    return (step & ~HARDENED) + (isHardened(step) ? "h" : "");
  }

  /** Without {@code m}; empty for the key itself. */
  @Override
  public String toString() {
    return String.join("/", steps.stream().map(DerivationPath::stepToString).toList());
  }
}
