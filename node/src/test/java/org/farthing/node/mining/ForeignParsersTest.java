package org.farthing.node.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.core.BitcoinSerializer;
import org.bitcoinj.core.Block.VerifyFlag;
import org.bitcoinj.core.Context;
import org.bitcoinj.params.RegTestParams;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.farthing.wallet.ChainAccess;
import org.farthing.wallet.Protection;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletContext;
import org.farthing.wallet.WalletOptions;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.spend.Payment;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.store.MemoryWalletStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What our miner and our wallet make is what bitcoinj and bitcoin-kmp read, byte for byte. */
class ForeignParsersTest {
  private static final long FEE_RATE = 2_000;

  private final ChainBuilder chain = ChainBuilder.regtest();
  private final Mempool pool =
      new Mempool(MempoolChain.of(chain.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
  private Wallet wallet;

  /** A wallet with three mature coinbases. */
  @BeforeEach
  void aWalletThatHasMined() throws WalletException {
    chain.chain().addListener(pool::chainEvent);
    WalletContext context =
        new WalletContext(
            chain.params(),
            new ChainView(),
            this::publish,
            chain::nowSeconds,
            new Random(1),
            WalletOptions.of(new Scrypt.Cost(4, 8, 1)),
            Owner.UNCHECKED);
    wallet = Wallet.create(new MemoryWalletStore(), context, Protection.none(), 12).wallet();
    chain.chain().addListener(wallet::chainChanged);
    assertThat(wallet.catchUp(1)).isTrue();
    for (int i = 0; i < 3; i++) {
      mine(wallet.newReceiveAddress("").toScript());
    }
    for (int i = 0; i < chain.params().coinbaseMaturity(); i++) {
      mine(ChainBuilder.MINER.p2wpkh());
    }
  }

  @AfterEach
  void close() {
    wallet.close();
    chain.close();
  }

  private final class ChainView implements ChainAccess {
    @Override
    public ChainSnapshot snapshot() {
      return chain.chain().snapshot();
    }

    @Override
    public Collection<Transaction> mempool() {
      return List.of();
    }
  }

  private Optional<String> publish(Transaction transaction) {
    MempoolResult result = pool.accept(transaction, chain.nowSeconds() * 1000);
    if (!result.isAccepted()) {
      return Optional.of(result.toString());
    }
    wallet.addedToMempool(transaction);
    return Optional.empty();
  }

  /** A block as the miner makes it: template of the mempool, then the search for a nonce. */
  private Block mine(Script payTo) {
    BlockAssembler assembler =
        new BlockAssembler(MiningChain.of(chain.chain()), pool, MiningOptions.defaults());
    Block template = assembler.template(payTo, chain.nowSeconds() + 1).block();
    HashSearch search = new HashSearch(template.header());
    Block block =
        new Block(search.search(Integer.MAX_VALUE).orElseThrow(), template.transactions());
    return chain.add(block);
  }

  private Payment payment(Script to, long amountSat) {
    return Payment.of(Address.ofScript(to, wallet.network()).orElseThrow(), amountSat);
  }

  /** To all kinds of addresses, from several inputs, and from change that is not confirmed. */
  private List<Transaction> pay() throws WalletException {
    TestKey bob = TestKey.number(7);
    Script nested = ScriptPattern.p2sh(new byte[20]);
    List<Payment> toAll =
        Stream.of(bob.p2wpkh(), bob.p2pkh(), nested, ScriptPattern.p2wsh(new byte[32]))
            .map(script -> payment(script, 10 * Amount.COIN))
            .toList();
    List<Transaction> made = new ArrayList<>();
    made.add(wallet.send(SendRequest.of(List.of(payment(bob.p2wpkh(), Amount.COIN)), FEE_RATE)));
    made.add(wallet.send(SendRequest.of(toAll, FEE_RATE)));
    made.add(wallet.send(SendRequest.of(toAll, FEE_RATE).withReplaceable(false)));
    return made;
  }

  private static org.bitcoinj.core.Transaction bitcoinjTransaction(byte[] bytes) {
    return new BitcoinSerializer(BitcoinNetwork.REGTEST).makeTransaction(ByteBuffer.wrap(bytes));
  }

  private static org.bitcoinj.core.Block bitcoinjBlock(byte[] bytes) {
    return new BitcoinSerializer(BitcoinNetwork.REGTEST).makeBlock(ByteBuffer.wrap(bytes));
  }

  private static void readTransaction(Transaction transaction) {
    byte[] bytes = transaction.serialize();
    org.bitcoinj.core.Transaction bitcoinj = bitcoinjTransaction(bytes);
    assertThat(bitcoinj.serialize()).isEqualTo(bytes);
    assertThat(bitcoinj.getTxId().toString()).isEqualTo(transaction.txid().toString());
    assertThat(bitcoinj.getWTxId().toString()).isEqualTo(transaction.wtxid().toString());
    fr.acinq.bitcoin.Transaction kmp = fr.acinq.bitcoin.Transaction.read(bytes);
    assertThat(fr.acinq.bitcoin.Transaction.write(kmp)).isEqualTo(bytes);
    assertThat(kmp.txid.toString()).isEqualTo(transaction.txid().toString());
    assertThat(kmp.weight()).isEqualTo(transaction.weight());
  }

  private static void readBlock(Block block) {
    byte[] bytes = block.serialize();
    org.bitcoinj.core.Block bitcoinj = bitcoinjBlock(bytes);
    assertThat(bitcoinj.serialize()).isEqualTo(bytes);
    assertThat(bitcoinj.getHashAsString()).isEqualTo(block.hash().toString());
    fr.acinq.bitcoin.Block kmp = fr.acinq.bitcoin.Block.read(bytes);
    assertThat(fr.acinq.bitcoin.Block.write(kmp)).isEqualTo(bytes);
    assertThat(kmp.blockId.toString()).isEqualTo(block.hash().toString());
    block.transactions().forEach(ForeignParsersTest::readTransaction);
  }

  @Test
  void blocksOfOnlyACoinbase() {
    assertThat(chain.block(1).transactions().get(0).hasWitness()).isTrue();
    chain.blocks().forEach(ForeignParsersTest::readBlock);
  }

  @Test
  void paymentsOfTheWalletAndTheBlockThatHasThem() throws WalletException {
    List<Transaction> made = pay();
    made.forEach(ForeignParsersTest::readTransaction);
    Block block = mine(ChainBuilder.MINER.p2wpkh());
    assertThat(block.transactions()).containsAll(made).hasSize(made.size() + 1);
    readBlock(block);
  }

  /** They do not only read it: by their own rules it is a good block. */
  @Test
  void theBlockSatisfiesThem() throws WalletException {
    Context.propagate(new Context());
    pay();
    Block block = mine(ChainBuilder.MINER.p2wpkh());
    org.bitcoinj.core.Block bitcoinj = bitcoinjBlock(block.serialize());
    org.bitcoinj.core.Block.verify(
        RegTestParams.get(), bitcoinj, chain.tip().height(), EnumSet.allOf(VerifyFlag.class));
    fr.acinq.bitcoin.Block kmp = fr.acinq.bitcoin.Block.read(block.serialize());
    fr.acinq.bitcoin.Block.validate(kmp);
    assertThat(kmp.checkProofOfWork()).isTrue();
  }
}
