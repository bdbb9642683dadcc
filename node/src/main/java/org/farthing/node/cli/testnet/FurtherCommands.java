package org.farthing.node.cli.testnet;

import org.farthing.node.cli.terminal.Style;
import org.farthing.node.cli.terminal.Terminal;

/** What to type next, ready to be copied. */
final class FurtherCommands {
  /** Set by the launcher: how it was called. */
  private static final String LAUNCHER_PROPERTY = "farthing.launcher";

  private final Plan plan;
  private final FirstPayment payment;

  FurtherCommands(Plan plan, FirstPayment payment) {
    this.plan = plan;
    this.payment = payment;
  }

  void print(Terminal terminal) {
    String alice = "--data " + quoted(payment.endpoints().get(0).base().toString());
    String bob = "--data " + quoted(payment.endpoints().get(1).base().toString());
    String farthing = quoted(System.getProperty(LAUNCHER_PROPERTY, "farthing"));
    terminal.println("");
    terminal.println(terminal.styled(Style.BOLD, "The network goes on. In another terminal:"));
    terminal.println("");
    say(terminal, farthing + " status " + alice);
    say(terminal, farthing + " peers " + alice);
    say(terminal, farthing + " wallet balance --wallet " + FirstPayment.BOB + " " + bob);
    say(terminal, farthing + " wallet history --wallet " + FirstPayment.BOB + " " + bob);
    say(
        terminal,
        farthing
            + " wallet send $("
            + farthing
            + " wallet address --wallet "
            + FirstPayment.BOB
            + " "
            + bob
            + ") 2.5 --wallet "
            + FirstPayment.ALICE
            + " "
            + alice);
    say(terminal, farthing + " rpc " + bob + " getblockchaininfo");
    terminal.println("");
    terminal.println(
        "Ctrl-C ends it" + (plan.kept() ? "." : ", and removes its data (--data DIR keeps it)."));
    terminal.println("");
    terminal.out().flush();
  }

  private static void say(Terminal terminal, String command) {
    terminal.println("  " + command);
  }

  /** As a POSIX shell reads it. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./~+:@%=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
