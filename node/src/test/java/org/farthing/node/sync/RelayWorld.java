package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.Services;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;

/** A mempool with payments in it, and peers to whom one may talk of them. */
final class RelayWorld implements AutoCloseable, Outbox {
  private static final TestKey KEY = TestKey.number(9);
  private static final int COINS = 40;

  final ChainBuilder chain = ChainBuilder.regtest();
  final Mempool mempool;
  long now;
  private final Map<Peer, List<Message>> sent = new LinkedHashMap<>();
  private int spentCoins;
  private long lastId;

  RelayWorld() {
    chain.mine(COINS + chain.params().coinbaseMaturity());
    now = chain.nowSeconds() * 1000;
    mempool =
        new Mempool(MempoolChain.of(chain.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
  }

  Peer peer(ConnectionKind kind) {
    return TestPeers.introduced(++lastId, kind, Services.NETWORK, now);
  }

  /** A payment of a coin of its own, which waits from now on. */
  Transaction payment(long feeSat) {
    int height = ++spentCoins;
    long value = chain.params().subsidy().at(height) - feeSat;
    return accepted(chain.spend(chain.coinbase(height), new TxOut(value, KEY.p2wpkh())));
  }

  /** Spends the first output of another one. */
  Transaction child(Transaction parent, long feeSat) {
    TxOut coin = parent.outputs().get(0);
    TxOut rest = new TxOut(coin.valueSat() - feeSat, KEY.p2wpkh());
    return accepted(ChainBuilder.spend(KEY, parent.outPoint(0), coin, rest));
  }

  private Transaction accepted(Transaction transaction) {
    assertThat(mempool.accept(transaction, now).isAccepted()).isTrue();
    return transaction;
  }

  /** What the peer was sent since this was asked last. */
  List<Message> sentTo(Peer peer) {
    List<Message> messages = sent.remove(peer);
    return messages == null ? List.of() : messages;
  }

  /** What the peer was told of since this was asked last. */
  List<Hash256> announcedTo(Peer peer) {
    List<Hash256> hashes = new ArrayList<>();
    for (Message message : sentTo(peer)) {
      ((Inv) message).items().stream().map(InvItem::hash).forEach(hashes::add);
    }
    return hashes;
  }

  @Override
  public void send(Peer peer, Message message) {
    sent.computeIfAbsent(peer, any -> new ArrayList<>()).add(message);
  }

  @Override
  public void disconnect(Peer peer, String reason) {
    throw new AssertionError(reason);
  }

  @Override
  public void punish(Peer peer, String reason) {
    throw new AssertionError(reason);
  }

  @Override
  public void close() {
    chain.close();
  }
}
