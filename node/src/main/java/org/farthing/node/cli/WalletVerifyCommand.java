package org.farthing.node.cli;

import java.util.concurrent.Callable;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.encoding.Base64Text;
import org.farthing.wallet.encoding.EncodingException;
import org.farthing.wallet.message.SignedMessage;
import org.farthing.wallet.message.SimpleSignature;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks who signed a text; takes no node. */
@Command(
    name = "verify",
    description = "Check that the owner of an address signed a text. Exit code 1: he did not.")
final class WalletVerifyCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "ADDRESS", description = "who is said to have signed")
  private String address;

  @Parameters(index = "1", paramLabel = "SIGNATURE", description = "as it was given")
  private String signature;

  @Parameters(index = "2", paramLabel = "TEXT", description = "what is said to be signed")
  private String text;

  WalletVerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CliException {
    Address owner = Addresses.address(address, session.network());
    boolean valid;
    try {
      valid = isValid(owner, signature.strip());
    } catch (EncodingException e) {
      throw CliException.usage("the signature: " + e.getMessage());
    }
    session.terminal().println(valid ? "valid" : "not valid");
    return valid ? ExitCode.OK : ExitCode.FAILED;
  }

  private boolean isValid(Address owner, String stripped) throws EncodingException {
    return owner instanceof Address.P2pkh legacy
        ? SignedMessage.verify(legacy, Base64Text.decode(stripped), text)
        : SimpleSignature.verify(owner.toScript(), SimpleSignature.parse(stripped), text);
  }
}
