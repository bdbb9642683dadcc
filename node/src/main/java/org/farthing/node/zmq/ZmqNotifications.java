package org.farthing.node.zmq;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.config.ZmqAddress.Topic;
import org.farthing.node.mempool.MempoolEvent;

/**
 * Says over ZeroMQ what happens, in Bitcoin Core's messages and order. Hashes are reversed, as
 * people write them.
 *
 * <p>{@code hashtx} and {@code rawtx}: each transaction that begins to wait, and each of a block
 * that is connected or disconnected. {@code hashblock} and {@code rawblock}: each new tip outside
 * the initial download; of a reorganisation only tips with more work than the old one. {@code
 * sequence}: everything that a mirror of chain and mempool needs.
 *
 * <p>In a reorganisation new blocks are told after what the mempool makes of it, for that is the
 * order in which Bitcoin Core's readers hear it. Node thread.
 */
public final class ZmqNotifications {
  private static final char CONNECTED = 'C';
  private static final char DISCONNECTED = 'D';
  private static final char ADDED = 'A';
  private static final char REMOVED = 'R';

  private final Messages messages;
  private final BooleanSupplier initialDownload;
  private final Executor afterwards;
  private final List<ChainEvent.Connected> delayed = new ArrayList<>();

  /** What was the tip before a reorganisation that goes on; null if none does. */
  private HeaderNode oldTip;

  /**
   * @param initialDownload whether tips are no news yet
   * @param afterwards runs a task when the current one of the node's thread is over
   */
  public ZmqNotifications(
      ZmqPublisher publisher, BooleanSupplier initialDownload, Executor afterwards) {
    this((Messages) publisher, initialDownload, afterwards);
  }

  ZmqNotifications(Messages messages, BooleanSupplier initialDownload, Executor afterwards) {
    this.messages = messages;
    this.initialDownload = initialDownload;
    this.afterwards = afterwards;
  }

  /** To be called for every event, after the mempool has heard of it. */
  public void chainChanged(ChainEvent event) {
    if (event instanceof ChainEvent.Disconnected disconnected) {
      disconnected(disconnected);
    } else if (oldTip == null) {
      connected((ChainEvent.Connected) event);
      tip((ChainEvent.Connected) event);
    } else {
      delayed.add((ChainEvent.Connected) event);
    }
  }

  private void disconnected(ChainEvent.Disconnected event) {
    if (oldTip == null) {
      oldTip = event.node();
      // In case that the tip ends where it was, so that nobody tells of a new one.
      afterwards.execute(this::settled);
    }
    delayed.forEach(this::connected);
    delayed.clear();
    transactions(event.block());
    sequence(event.node().hash(), DISCONNECTED);
  }

  /** A run of events is over, and the mempool has drawn its conclusions. */
  public void settled() {
    if (oldTip == null) {
      return;
    }
    List<ChainEvent.Connected> news = List.copyOf(delayed);
    HeaderNode before = oldTip;
    delayed.clear();
    oldTip = null;
    news.forEach(this::connected);
    news.stream()
        .filter(event -> event.node().chainWork().compareTo(before.chainWork()) > 0)
        .forEach(this::tip);
  }

  private void connected(ChainEvent.Connected event) {
    transactions(event.block());
    sequence(event.node().hash(), CONNECTED);
  }

  private void tip(ChainEvent.Connected event) {
    if (initialDownload.getAsBoolean()) {
      return;
    }
    messages.publish(Topic.HASH_BLOCK, reversed(event.node().hash()));
    if (messages.has(Topic.RAW_BLOCK)) {
      messages.publish(Topic.RAW_BLOCK, event.block().serialize());
    }
  }

  private void transactions(Block block) {
    block.transactions().forEach(this::transaction);
  }

  private void transaction(Transaction transaction) {
    messages.publish(Topic.HASH_TX, reversed(transaction.txid()));
    if (messages.has(Topic.RAW_TX)) {
      messages.publish(Topic.RAW_TX, transaction.serialize());
    }
  }

  /** To be called for every event of the mempool. */
  public void mempoolChanged(MempoolEvent event) {
    Transaction transaction = event.entry().transaction();
    if (event instanceof MempoolEvent.Added added) {
      transaction(transaction);
      sequence(transaction.txid(), ADDED, added.sequence());
    } else if (event instanceof MempoolEvent.Removed removed
        && removed.reason() != MempoolEvent.RemovalReason.BLOCK) {
      sequence(transaction.txid(), REMOVED, removed.sequence());
    }
  }

  private void sequence(Hash256 hash, char label) {
    messages.publish(
        Topic.SEQUENCE, new ByteWriter().bytes(reversed(hash)).uint8(label).toByteArray());
  }

  private void sequence(Hash256 hash, char label, long number) {
    messages.publish(
        Topic.SEQUENCE,
        new ByteWriter().bytes(reversed(hash)).uint8(label).int64(number).toByteArray());
  }

  private static byte[] reversed(Hash256 hash) {
    return Hex.reversed(hash.toByteArray());
  }
}
