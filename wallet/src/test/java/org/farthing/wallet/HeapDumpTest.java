package org.farthing.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.DerivedKey;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.Mnemonic;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.store.FileWalletStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who gets hold of the memory of a process whose wallet is locked finds no secrets there: not
 * before it was unlocked, and not afterwards. That holds also for what has not been collected yet,
 * but for the keys of single addresses that have just been signed with.
 */
class HeapDumpTest {
  private static final String PASSPHRASE = "correct horse battery staple";

  /** So many addresses of each kind may have been used. */
  private static final int USED = 3;

  @TempDir private Path folder;

  private final List<Secret> secrets = new ArrayList<>();

  /** Bytes to look for. */
  private record Secret(String name, ByteString bytes) {}

  @BeforeEach
  void makeAWallet() throws Exception {
    try (TestNode node = new TestNode(TestNode.regtest(1), 1)) {
      Wallet.Created created =
          Wallet.create(
              FileWalletStore.create(folder.resolve("wallet")),
              node.context(),
              Passphrases.protection(PASSPHRASE),
              24);
      remember(created.words(), created.wallet().network());
      created.wallet().close();
    }
    Files.writeString(folder.resolve("passphrase"), PASSPHRASE);
  }

  private void remember(Mnemonic words, Network network) {
    byte[] seed = words.toSeed("");
    remember("seed", seed);
    remember("words", String.join(" ", words.words()).getBytes(StandardCharsets.UTF_8));
    ExtendedKey root = ExtendedKey.ofSeed(seed);
    remember("root", root, network);
    StandardKeychains standard = new StandardKeychains(network, root, 0);
    for (AddressType type : AddressType.values()) {
      for (Role role : Role.values()) {
        DerivedKey key =
            (DerivedKey)
                standard.descriptor(new StandardKeychains.Purpose(type, role)).keys().get(0);
        List<Integer> steps = key.path().steps();
        for (int i = 1; i <= steps.size(); i++) {
          DerivationPath way = new DerivationPath(steps.subList(0, i));
          remember(type + " " + role + " m/" + way, root.derive(way), network);
        }
        ExtendedKey parent = root.derive(key.path());
        for (int i = 0; i < USED; i++) {
          remember(type + " " + role + " " + i, parent.child(i), network);
        }
      }
    }
  }

  private void remember(String name, ExtendedKey key, Network network) {
    remember(name, key.privateKey());
    remember(name + " as text", ascii(key.toPrivateString(network)));
    remember(name + " as WIF", ascii(new PrivateKey(key.privateKey(), true).toWif(network)));
  }

  private void remember(String name, byte[] bytes) {
    secrets.add(new Secret(name, ByteString.of(bytes)));
    String hex = HexFormat.of().formatHex(bytes);
    secrets.add(new Secret(name + " in hex", ByteString.of(ascii(hex))));
    secrets.add(
        new Secret(
            name + " in upper case hex", ByteString.of(ascii(hex.toUpperCase(Locale.ROOT)))));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void noSecretsInTheMemoryOfALockedWallet() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LockedWalletProcess.class.getName(),
                folder.resolve("wallet").toString(),
                folder.resolve("passphrase").toString(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(new File(folder.toFile(), "output"))
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("output"))).isZero();
    assertThat(found("locked.hprof")).isEmpty();
    // What is looked for can be found.
    assertThat(found("unlocked.hprof")).contains("seed");
    assertThat(found("locked-again-collected.hprof")).isEmpty();
    // BouncyCastle, which finds signatures with a low r, has numbers that nobody can wipe.
    assertThat(found("locked-again.hprof")).allMatch(name -> name.matches(".* [0-9]+"));
  }

  private List<String> found(String dump) throws Exception {
    byte[] memory = Files.readAllBytes(folder.resolve(dump));
    List<String> found = new ArrayList<>();
    for (Secret secret : secrets) {
      if (contains(memory, secret.bytes().toByteArray())) {
        found.add(secret.name());
      }
    }
    return found;
  }

  private static boolean contains(byte[] memory, byte[] wanted) {
    byte first = wanted[0];
    byte last = wanted[wanted.length - 1];
    for (int i = 0; i <= memory.length - wanted.length; i++) {
      if (memory[i] == first
          && memory[i + wanted.length - 1] == last
          && Arrays.equals(memory, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
