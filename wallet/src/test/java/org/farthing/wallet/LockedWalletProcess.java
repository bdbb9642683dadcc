package org.farthing.wallet;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.keys.VaultKey;
import org.farthing.wallet.message.SignedMessage;
import org.farthing.wallet.spend.Payment;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.spend.SigningKeys;
import org.farthing.wallet.store.FileWalletStore;

/**
 * A process that opens a wallet which was made in another one, and writes its heap to files:
 * whatever is in them has been left there by this process.
 */
final class LockedWalletProcess {
  private static final Script ELSEWHERE = ScriptPattern.p2pkh(new byte[20]);

  private final Path folder;
  private final char[] passphrase;

  private LockedWalletProcess(Path folder, char[] passphrase) {
    this.folder = folder;
    this.passphrase = passphrase;
  }

  /**
   * @param arguments the wallet's folder, a file with its passphrase, and where to put the dumps
   */
  public static void main(String[] arguments) throws Exception {
    char[] passphrase = Files.readString(Path.of(arguments[1])).toCharArray();
    new LockedWalletProcess(Path.of(arguments[0]), passphrase).run(Path.of(arguments[2]));
  }

  private void run(Path dumps) throws Exception {
    try (TestNode node = new TestNode(TestNode.regtest(1), 1)) {
      Wallet wallet = Wallet.open(FileWalletStore.open(folder), node.context());
      node.add(wallet);
      for (AddressType type : AddressType.values()) {
        node.mine(wallet.addresses().newReceive("", type).toScript());
      }
      node.mine(ELSEWHERE);
      dump(dumps.resolve("locked.hprof"), false);
      unlockAndUse(node, wallet);
      dump(dumps.resolve("unlocked.hprof"), false);
      wallet.locking().lock();
      dump(dumps.resolve("locked-again.hprof"), false);
      dump(dumps.resolve("locked-again-collected.hprof"), true);
    }
  }

  private void unlockAndUse(TestNode node, Wallet wallet) throws Exception {
    try (VaultKey key = wallet.locking().vault().key(passphrase)) {
      wallet.locking().unlock(key, Long.MAX_VALUE);
    }
    for (int i = 0; i < AddressType.values().length; i++) {
      Payment payment = new Payment(ELSEWHERE, 49 * Amount.COIN, false);
      wallet.send(SendRequest.of(List.of(payment), 1000));
      node.mine(ELSEWHERE);
    }
    Address address = wallet.addresses().newReceive("", AddressType.LEGACY);
    wallet.signing().withKeysOf(List.of(address.toScript()), Set.of(), keys -> sign(keys, address));
  }

  private static byte[] sign(SigningKeys keys, Address address) {
    return SignedMessage.sign(keys.privateKeyOf(address).orElseThrow(), "a text");
  }

  /**
   * @param collected only what is still in use; else also what the collector has not taken away yet
   */
  private static void dump(Path file, boolean collected) throws Exception {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), collected);
  }
}
