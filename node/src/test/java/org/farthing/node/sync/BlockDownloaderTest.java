package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.Block;
import org.farthing.node.peer.ConnectionKind;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.Services;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which blocks of a branch a peer is asked for, by the services that it offers. */
class BlockDownloaderTest {
  private static final int HEIGHT = 8;
  private static final int FIRST_WITH_WITNESS = 5;

  private final ChainBuilder elsewhere = chain();
  private final ChainBuilder here = chain();
  private final List<InvItem> askedFor = new ArrayList<>();
  private final Outbox outbox =
      new Outbox() {
        @Override
        public void send(Peer peer, Message message) {
          if (message instanceof GetData request) {
            askedFor.addAll(request.items());
          }
        }

        @Override
        public void disconnect(Peer peer, String reason) {
          throw new AssertionError(reason);
        }

        @Override
        public void punish(Peer peer, String reason) {
          throw new AssertionError(reason);
        }
      };

  private static ChainBuilder chain() {
    return ChainBuilder.on(
        ConsensusParams.regtest().withActivationHeight(Deployment.SEGWIT, FIRST_WITH_WITNESS));
  }

  private final InitialDownload catchingUp =
      new InitialDownload(BigInteger.ZERO, InitialDownload.MAX_TIP_AGE_SECONDS);

  @BeforeEach
  void mine() {
    elsewhere.mine(HEIGHT);
  }

  @AfterEach
  void close() {
    elsewhere.close();
    here.close();
  }

  private static Peer peer(long services) {
    return TestPeers.introduced(0, ConnectionKind.INBOUND, services, 0);
  }

  private BlockDownloader downloader(HeaderSync headers) {
    return new BlockDownloader(
        here.chain(),
        headers,
        new BlockRequests(),
        new CompactPeers(outbox, true),
        catchingUp,
        outbox);
  }

  /** The blocks that a peer with these services is asked for when it has named all headers. */
  private List<InvItem> askedOf(long services) {
    Peer peer = peer(services);
    HeaderSync headers =
        new HeaderSync(here.chain(), outbox, catchingUp, new Random(1), () -> false);
    BlockDownloader downloader = downloader(headers);
    long now = elsewhere.nowSeconds() * 1000;
    headers.ready(peer, now);
    downloader.ready(peer);
    headers.headers(
        peer, new Headers(elsewhere.blocks().stream().map(Block::header).toList()), now);
    downloader.fill(peer, now);
    return List.copyOf(askedFor);
  }

  private List<InvItem> blocks(InvType type, int upTo) {
    return elsewhere.blocks().subList(0, upTo).stream()
        .map(block -> new InvItem(type, block.hash()))
        .toList();
  }

  @Test
  void aPeerWithWitnessesIsAskedForAllBlocks() {
    assertThat(askedOf(Services.NETWORK | Services.WITNESS))
        .isEqualTo(blocks(InvType.WITNESS_BLOCK, HEIGHT));
  }

  @Test
  void aPeerWithoutWitnessesIsAskedForTheBlocksBeforeThem() {
    assertThat(askedOf(Services.NETWORK)).isEqualTo(blocks(InvType.BLOCK, FIRST_WITH_WITNESS - 1));
  }

  @Test
  void aPeerThatServesNoBlocksIsAskedForNone() {
    assertThat(askedOf(Services.WITNESS)).isEmpty();
  }

  @Test
  void theOperatorsWishGoesToWhomeverHeNames() {
    HeaderSync headers =
        new HeaderSync(here.chain(), outbox, catchingUp, new Random(1), () -> false);
    BlockDownloader downloader = downloader(headers);
    Block block = elsewhere.block(1);
    here.chain().acceptHeader(block.header(), elsewhere.nowSeconds());
    HeaderNode node = here.chain().headers().find(block.hash()).orElseThrow();
    // Neither of them offers blocks.
    Peer first = peer(Services.WITNESS);
    Peer second = peer(Services.WITNESS);
    Peer withoutWitnesses = peer(Services.NETWORK);
    assertThat(downloader.request(first, node, 0)).contains("Peer not fully connected");
    List.of(first, second, withoutWitnesses).forEach(downloader::ready);
    assertThat(downloader.request(withoutWitnesses, node, 0)).contains("Pre-SegWit peer");
    assertThat(downloader.request(first, node, 0)).isEmpty();
    assertThat(downloader.request(second, node, 0)).isEmpty();
    assertThat(askedFor).hasSize(2).containsOnly(new InvItem(InvType.WITNESS_BLOCK, block.hash()));
    assertThat(downloader.inFlight(first)).isEmpty();
    assertThat(downloader.inFlight(second)).containsExactly(node);
  }

  /** Asked again, a peer that is kept all the same would send the same for ever. */
  @Test
  void whoSentSomethingElseIsNotAskedForTheBlockAgain() {
    HeaderSync headers =
        new HeaderSync(here.chain(), outbox, catchingUp, new Random(1), () -> false);
    BlockDownloader downloader = downloader(headers);
    Peer first = peer(Services.NETWORK | Services.WITNESS);
    Peer second = peer(Services.NETWORK | Services.WITNESS);
    long now = elsewhere.nowSeconds() * 1000;
    for (Peer peer : List.of(first, second)) {
      headers.ready(peer, now);
      downloader.ready(peer);
      headers.headers(peer, new Headers(List.of(elsewhere.block(1).header())), now);
    }
    downloader.fill(first, now);
    assertThat(askedFor).hasSize(1);
    downloader.settled(first, elsewhere.block(1).hash(), now);
    downloader.spoiled(first, elsewhere.block(1).hash());
    downloader.fill(first, now);
    assertThat(askedFor).hasSize(1);
    downloader.tick(now);
    assertThat(askedFor).hasSize(2);
    assertThat(downloader.inFlight(first)).isEmpty();
    assertThat(downloader.inFlight(second)).hasSize(1);
  }

  /** The true block may have the hash of one that was changed on its way (CVE-2012-2459). */
  @Test
  void whoSentSomethingElseIsAskedAgainOnceItAnnouncesTheBlockAgain() {
    HeaderSync headers =
        new HeaderSync(here.chain(), outbox, catchingUp, new Random(1), () -> false);
    BlockDownloader downloader = downloader(headers);
    Peer peer = peer(Services.NETWORK | Services.WITNESS);
    long now = elsewhere.nowSeconds() * 1000;
    headers.ready(peer, now);
    downloader.ready(peer);
    headers.headers(peer, new Headers(List.of(elsewhere.block(1).header())), now);
    downloader.fill(peer, now);
    downloader.settled(peer, elsewhere.block(1).hash(), now);
    downloader.spoiled(peer, elsewhere.block(1).hash());
    downloader.tick(now);
    assertThat(downloader.inFlight(peer)).isEmpty();
    HeaderNode block = here.chain().headers().find(elsewhere.block(1).hash()).orElseThrow();
    downloader.announced(peer, block, now);
    assertThat(downloader.inFlight(peer)).containsExactly(block);
  }
}
