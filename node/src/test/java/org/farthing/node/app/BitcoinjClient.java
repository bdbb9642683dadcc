package org.farthing.node.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bitcoinj.base.Address;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.ScriptType;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.BlockChain;
import org.bitcoinj.core.Context;
import org.bitcoinj.core.Peer;
import org.bitcoinj.core.PeerAddress;
import org.bitcoinj.core.PeerGroup;
import org.bitcoinj.core.TransactionConfidence;
import org.bitcoinj.core.TransactionConfidence.ConfidenceType;
import org.bitcoinj.core.listeners.DownloadProgressTracker;
import org.bitcoinj.params.RegTestParams;
import org.bitcoinj.script.ScriptBuilder;
import org.bitcoinj.store.BlockStoreException;
import org.bitcoinj.store.MemoryBlockStore;
import org.bitcoinj.wallet.SendRequest;
import org.bitcoinj.wallet.Wallet;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Txid;

/**
 * A light client of bitcoinj: a chain of headers, a wallet, and connections to the nodes that it is
 * told of. It filters for itself what it gets (no BIP-0037).
 */
final class BitcoinjClient implements AutoCloseable {
  private static final BitcoinNetwork NETWORK = BitcoinNetwork.REGTEST;
  private static final long SECONDS = 60;

  final BlockChain chain;
  final PeerGroup peers;
  final Wallet wallet = Wallet.createDeterministic(NETWORK, ScriptType.P2WPKH);

  private BitcoinjClient() throws BlockStoreException {
    Context.propagate(new Context());
    chain = new BlockChain(NETWORK, new MemoryBlockStore(RegTestParams.get().getGenesisBlock()));
    peers = new PeerGroup(NETWORK, chain);
    peers.setBloomFilteringEnabled(false);
    peers.setUseLocalhostPeerWhenPossible(false);
  }

  /** Wants nothing but headers. */
  static BitcoinjClient forHeaders() throws BlockStoreException {
    BitcoinjClient client = new BitcoinjClient();
    client.peers.setFastCatchupTime(Instant.now().plus(1, ChronoUnit.DAYS));
    return client;
  }

  /** Looks for the wallet's payments, so that it needs whole blocks. */
  static BitcoinjClient forPayments() throws BlockStoreException {
    BitcoinjClient client = new BitcoinjClient();
    // Otherwise it does not look at payments that may be replaced (BIP-0125) before a block has
    // them.
    client.wallet.setAcceptRiskyTransactions(true);
    client.chain.addWallet(client.wallet);
    client.peers.addWallet(client.wallet);
    return client;
  }

  /** Returns when it is connected to the nodes, and its chain as high as theirs. */
  BitcoinjClient download(Node... nodes) throws Exception {
    DownloadProgressTracker progress = new DownloadProgressTracker();
    peers.startBlockChainDownload(progress);
    for (Node node : nodes) {
      int port = node.listening().orElseThrow().port();
      InetSocketAddress socket = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      peers.addAddress(PeerAddress.simple(socket));
    }
    // Asked for first: it misses a peer that connects while it begins to listen.
    Future<?> connected = peers.waitForPeers(nodes.length);
    peers.start();
    connected.get(SECONDS, TimeUnit.SECONDS);
    progress.getFuture().get(SECONDS, TimeUnit.SECONDS);
    return this;
  }

  int height() {
    return chain.getBestChainHeight();
  }

  String tip() {
    return chain.getChainHead().getHeader().getHashAsString();
  }

  /** A script that the wallet can spend. */
  Script script() {
    Address address = wallet.currentReceiveAddress();
    return Script.of(ScriptBuilder.createOutputScript(address).program());
  }

  long balance(Wallet.BalanceType type) {
    return wallet.getBalance(type).value;
  }

  /** What the wallet thinks of a transaction; empty if it has not heard of it. */
  Optional<ConfidenceType> confidence(Txid txid) {
    return Optional.ofNullable(wallet.getTransaction(Sha256Hash.wrap(txid.toString())))
        .map(org.bitcoinj.core.Transaction::getConfidence)
        .map(TransactionConfidence::getConfidenceType);
  }

  /** Makes a transaction, signs it, and gives it to half of the peers. */
  Payment pay(String address, long amountSat) throws Exception {
    SendRequest request = SendRequest.to(wallet.parseAddress(address), Coin.valueOf(amountSat));
    org.bitcoinj.core.Transaction transaction = wallet.sendCoinsOffline(request);
    CompletableFuture<?> relayed = peers.broadcastTransaction(transaction).awaitRelayed();
    return new Payment(transaction.getTxId().toString(), relayed);
  }

  /**
   * A payment of the wallet.
   *
   * @param relayed ends when one of the peers that were not given the transaction announces it
   */
  record Payment(String txid, CompletableFuture<?> relayed) {}

  @Override
  public void close() {
    peers.getConnectedPeers().forEach(Peer::close);
    peers.stop();
  }
}
