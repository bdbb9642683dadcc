package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.sync.TxDownload.Source;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TxDownloadTest {
  private static final TestKey ALICE = TestKey.number(2);
  private static final long CHOSEN = 1;
  private static final long CALLER = 2;
  private static final long NOW = 1_000_000;

  private final ChainBuilder chain = ChainBuilder.regtest();
  private Mempool mempool;
  private TxDownload download;

  @BeforeEach
  void open() {
    chain.mine(chain.params().coinbaseMaturity() + 3);
    mempool =
        new Mempool(MempoolChain.of(chain.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
    chain.chain().addListener(mempool::chainEvent);
    download = new TxDownload(mempool, new Random(4));
    download.connected(CHOSEN, new Source(true, false, true));
    download.connected(CALLER, new Source(false, false, true));
  }

  @AfterEach
  void close() {
    chain.close();
  }

  private static Wtxid wtxid(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    bytes[1] = (byte) (number >> 8);
    bytes[31] = 9;
    return Wtxid.of(bytes);
  }

  private Transaction parent(long feeSat) {
    long value = chain.params().subsidy().at(1) - feeSat;
    return chain.spend(chain.coinbase(1), new TxOut(value, ALICE.p2wpkh()));
  }

  private static Transaction child(Transaction parent, long feeSat) {
    TxOut spent = parent.outputs().get(0);
    TxOut change = new TxOut(spent.valueSat() - feeSat, ALICE.p2wpkh());
    return ChainBuilder.spend(ALICE, parent.outPoint(0), spent, change);
  }

  private TxDownload.Refusal refuse(Transaction transaction, long peer) {
    MempoolResult result = mempool.accept(transaction, NOW);
    assertThat(result.isAccepted()).isFalse();
    return download.refused(transaction, result, peer, true, NOW);
  }

  private List<Hash256> requests(long peer, long afterMillis) {
    return download.takeRequests(peer, NOW + afterMillis);
  }

  @Test
  void chosenPeersAreAskedAtOnceAndCallersLater() {
    download.announced(CHOSEN, wtxid(1), NOW);
    download.announced(CALLER, wtxid(2), NOW);
    assertThat(requests(CHOSEN, 0)).containsExactly(wtxid(1));
    assertThat(requests(CALLER, 1_999)).isEmpty();
    assertThat(requests(CALLER, 2_000)).containsExactly(wtxid(2));
  }

  @Test
  void busyPeersAreAskedLaterAndFloodsAreNotRemembered() {
    download.connected(3, new Source(true, true, true));
    for (int i = 0; i < TxDownload.MAX_ANNOUNCEMENTS + 10; i++) {
      download.announced(CHOSEN, wtxid(i), NOW);
      download.announced(3, wtxid(20_000 + i), NOW);
      if (i == TxDownload.MAX_IN_FLIGHT - 1) {
        assertThat(requests(CHOSEN, 0)).hasSize(TxDownload.MAX_IN_FLIGHT);
      }
    }
    assertThat(requests(CHOSEN, 1_999)).isEmpty();
    assertThat(requests(CHOSEN, 2_000))
        .hasSize(TxDownload.MAX_ANNOUNCEMENTS - TxDownload.MAX_IN_FLIGHT);
    assertThat(requests(3, 0)).as("who may relay has no limit").hasSize(5_010);
  }

  @Test
  void whatWasRefusedIsNotWantedUntilTheTipChanges() {
    Transaction poor = parent(0);
    refuse(poor, CHOSEN);
    assertThat(download.announced(CHOSEN, poor.wtxid(), NOW)).isTrue();
    download.tipChanged();
    assertThat(download.announced(CHOSEN, poor.wtxid(), NOW)).isFalse();
  }

  @Test
  void whatABlockHasIsNotWantedUntilItIsTakenBack() {
    Transaction confirmed = parent(0);
    download.connected(List.of(confirmed));
    assertThat(download.announced(CHOSEN, confirmed.wtxid(), NOW)).isTrue();
    download.disconnected();
    assertThat(download.announced(CHOSEN, confirmed.wtxid(), NOW)).isFalse();
  }

  @Test
  void theParentsOfAnOrphanAreAskedOfAllWhoAnnouncedIt() {
    Transaction parent = parent(1_000);
    Transaction orphan = child(parent, 1_000);
    TxDownload.Refusal refusal = refuse(orphan, CHOSEN);
    assertThat(refusal.parents()).containsExactly(parent.txid());
    assertThat(refusal.isNew()).isTrue();
    assertThat(download.announced(CALLER, orphan.wtxid(), NOW)).isTrue();
    assertThat(download.orphans())
        .containsExactly(new Orphanage.Orphan(orphan, List.of(CHOSEN, CALLER)));
    assertThat(requests(CHOSEN, 1_999)).isEmpty();
    assertThat(requests(CHOSEN, 2_000)).containsExactly(parent.txid());
    download.notFound(CHOSEN, parent.txid());
    assertThat(requests(CALLER, 4_000)).containsExactly(parent.txid());

    assertThat(download.received(CALLER, parent).validate()).isTrue();
    assertThat(mempool.accept(parent, NOW).isAccepted()).isTrue();
    download.accepted(parent);
    long heir = download.hasDue(CHOSEN) ? CHOSEN : CALLER;
    assertThat(download.nextDue(heir)).contains(orphan);
  }

  @Test
  void aParentThatPaysTooLittleIsTriedWithAChildOfTheSamePeer() {
    Transaction parent = parent(0);
    Transaction child = child(parent, 5_000);
    refuse(child, CHOSEN);
    assertThat(refuse(parent, CALLER).family()).as("the child is another's").isEmpty();
    TxDownload.Arrival arrival = download.received(CHOSEN, parent);
    assertThat(arrival.validate()).isFalse();
    Family family = arrival.family().orElseThrow();
    assertThat(family.transactions()).containsExactly(parent, child);
    assertThat(mempool.accept(family.transactions(), Optional.empty(), NOW).isAccepted()).isTrue();
  }

  @Test
  void aFamilyThatWasRefusedIsNotTriedAgain() {
    Transaction parent = parent(0);
    Transaction child = child(parent, 10);
    refuse(child, CHOSEN);
    Family family = refuse(parent, CHOSEN).family().orElseThrow();
    download.refused(family);
    assertThat(download.received(CHOSEN, parent).family()).isEmpty();
  }

  @Test
  void anOrphanOfAParentThatNobodyWantsIsNotKept() {
    Transaction parent = child(parent(1_000), -1);
    Transaction rich = parent(1_000);
    assertThat(mempool.accept(rich, NOW).isAccepted()).isTrue();
    MempoolResult result = mempool.accept(parent, NOW);
    assertThat(result.reason()).isEqualTo("bad-txns-in-belowout");
    Transaction bare =
        new Transaction(
            parent.version(),
            parent.inputs().stream().map(it -> it.withWitness(Witness.EMPTY)).toList(),
            parent.outputs(),
            parent.lockTime());
    download.refused(bare, result, CHOSEN, true, NOW);
    refuse(child(parent, 500), CHOSEN);
    assertThat(download.orphans()).isEmpty();
  }
}
