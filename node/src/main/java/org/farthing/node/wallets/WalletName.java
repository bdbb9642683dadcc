package org.farthing.node.wallets;

import java.io.File;
import java.nio.charset.StandardCharsets;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;

/** What a wallet may be called. */
final class WalletName {
  /** As file systems have it, in bytes. */
  private static final int MAX_PART_LENGTH = 255;

  private WalletName() {}

  /** A name is a folder among the others, or a path to one, as in Bitcoin Core; none leads back. */
  static void expectPlain(String name) throws WalletException {
    boolean plain = !name.isBlank() && name.indexOf(0) < 0 && !name.endsWith("/");
    for (String part : (name.startsWith("/") ? name.substring(1) : name).split("/", -1)) {
      plain &=
          !part.isBlank()
              && part.getBytes(StandardCharsets.UTF_8).length <= MAX_PART_LENGTH
              && !part.equals(".")
              && !part.equals("..");
    }
    if (!plain || (File.separatorChar != '/' && name.indexOf(File.separatorChar) >= 0)) {
      throw new WalletException(
          WalletError.INVALID_REQUEST,
          "'" + name + "' is no name for a wallet: it must be that of a folder");
    }
  }
}
