package org.farthing.node.app;

import static org.farthing.node.compatibility.KotlinCalls.call;
import static org.farthing.node.compatibility.KotlinCalls.construct;

import java.nio.file.Path;
import java.util.List;
import kotlin.UShort;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import org.bitcoindevkit.Address;
import org.bitcoindevkit.Amount;
import org.bitcoindevkit.CbfBuilder;
import org.bitcoindevkit.CbfComponents;
import org.bitcoindevkit.Descriptor;
import org.bitcoindevkit.ElectrumClient;
import org.bitcoindevkit.Info;
import org.bitcoindevkit.IpAddress;
import org.bitcoindevkit.KeychainKind;
import org.bitcoindevkit.Network;
import org.bitcoindevkit.Peer;
import org.bitcoindevkit.Persister;
import org.bitcoindevkit.Psbt;
import org.bitcoindevkit.ScanType;
import org.bitcoindevkit.SyncRequest;
import org.bitcoindevkit.Transaction;
import org.bitcoindevkit.TxBuilder;
import org.bitcoindevkit.Update;
import org.bitcoindevkit.Wallet;

/**
 * A wallet of the Bitcoin Dev Kit, a library that other people wrote. Its binding is made for
 * Kotlin: what has unsigned numbers has names there that Java cannot write, and is called by
 * reflection.
 */
@SuppressWarnings("try")
final class BdkWallet implements AutoCloseable {
  private static final String KEY =
      "tprv8ZgxMBicQKsPd7Uf69XL1XwhmjHopUGep8GuEiJDZmbQz6o58LninorQAfcKZWARbtRtfnLcJ5MQ2AtHcQJCC"
          + "RUcMRvmDUjyEmNUWwx8UbK";
  private static final int LOOKAHEAD = 25;
  private static final long BATCH = 10;

  private final Wallet wallet;

  BdkWallet() throws Exception {
    Descriptor external = new Descriptor("wpkh(" + KEY + "/84h/1h/0h/0/*)", Network.REGTEST);
    Descriptor internal = new Descriptor("wpkh(" + KEY + "/84h/1h/0h/1/*)", Network.REGTEST);
    wallet =
        construct(
            Wallet.class,
            external,
            internal,
            Network.REGTEST,
            Persister.Companion.newInMemory(),
            LOOKAHEAD);
  }

  String newAddress() {
    return wallet.revealNextAddress(KeychainKind.EXTERNAL).getAddress().toString();
  }

  /** All coins, also those that wait or have to mature. */
  long totalSat() throws Exception {
    return sat(wallet.balance().getTotal());
  }

  long confirmedSat() throws Exception {
    return sat(wallet.balance().getConfirmed());
  }

  private static long sat(Amount amount) throws Exception {
    return (long) call(amount, "toSat");
  }

  /** The height that the wallet knows. */
  int height() throws Exception {
    return (int) call(wallet.latestCheckpoint(), "getHeight");
  }

  /** A signed payment; the wallet does not know of it before it is told by the network. */
  Transaction pay(String address, long amountSat) throws Exception {
    Amount amount = (Amount) call(Amount.Companion, "fromSat", amountSat);
    Psbt psbt =
        new TxBuilder()
            .addRecipient(new Address(address, Network.REGTEST).scriptPubkey(), amount)
            .finish(wallet);
    wallet.sign(psbt, null);
    return psbt.extractTx();
  }

  /** A light client of a peer that offers filters of blocks (BIP157). */
  LightClient overFilters(int port, Path folder) throws Exception {
    IpAddress loopback =
        (IpAddress) call(IpAddress.Companion, "fromIpv4", (byte) 127, (byte) 0, (byte) 0, (byte) 1);
    Peer peer = construct(Peer.class, loopback, kotlinPort(port), false);
    CbfBuilder builder = new CbfBuilder().peers(List.of(peer));
    builder = (CbfBuilder) call(builder, "connections", (byte) 1);
    CbfComponents light =
        builder.dataDir(folder.toString()).scanType(ScanType.Sync.INSTANCE).build(wallet);
    light.getNode().run();
    return new LightClient(light);
  }

  /**
   * Takes headers and filters from a peer and checks them. Its update of the wallet is left out: in
   * version 2.3.0 of the binding, the only one there is, it asks for the first block that concerns
   * the wallet on the thread of whoever waits, where there is no Tokio runtime, and the process
   * ends. The client's own threads have one, but hold a lock while they wake who waits.
   */
  record LightClient(CbfComponents light) implements AutoCloseable {
    /** Waits until all filters up to a height are here. */
    void awaitFilters(int height) throws Exception {
      Object info;
      do {
        info = await(light.getClient()::nextInfo);
      } while (!(info instanceof Info.Progress progress
          && (int) call(progress, "getChainHeight") == height
          && progress.getFiltersDownloadedPercent() == 100));
    }

    @Override
    public void close() throws Exception {
      light.getClient().shutdown();
      light.destroy();
    }
  }

  private static Object kotlinPort(int port) throws Exception {
    return UShort.class.getMethod("box-impl", short.class).invoke(null, (short) port);
  }

  /** Hears of its coins from a server of the Electrum protocol. */
  void update(ElectrumClient client) throws Exception {
    SyncRequest request = wallet.startSyncWithRevealedSpks().build();
    wallet.applyUpdate((Update) call(client, "sync", request, BATCH, true));
  }

  /** A Kotlin function that may be suspended. */
  @FunctionalInterface
  private interface Suspending {
    Object call(Continuation<Object> continuation) throws Exception;
  }

  private static Object await(Suspending function) throws InterruptedException {
    return BuildersKt.runBlocking(
        EmptyCoroutineContext.INSTANCE,
        (scope, continuation) -> {
          try {
            return function.call(continuation);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  @Override
  public void close() {
    wallet.close();
  }
}
