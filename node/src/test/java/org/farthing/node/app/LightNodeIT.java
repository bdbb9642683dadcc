package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.FilterHash;
import org.farthing.consensus.primitives.FilterHeader;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.config.Option;
import org.farthing.node.light.Exposure;
import org.farthing.node.light.LightException;
import org.farthing.node.light.Patience;
import org.farthing.node.sync.BlockFilters;
import org.farthing.testing.TestKey;
import org.farthing.wallet.address.Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A light wallet and real nodes, of which some lie or keep silent. */
@Timeout(180)
class LightNodeIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Patience PATIENCE = new Patience(10_000, 5_000, 10_000);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SHOP =
      Address.ofScript(TestKey.number(7).p2wpkh(), ConsensusParams.regtest().network())
          .orElseThrow()
          .toString();

  @TempDir Path folder;
  private TestNodes nodes;
  private Node honest;
  private LightNode light;

  @BeforeEach
  void open() throws Exception {
    nodes = new TestNodes(folder);
    honest = node("honest");
  }

  @AfterEach
  void close() {
    if (light != null) {
      light.close();
    }
    nodes.close();
  }

  private Node node(String name) throws Exception {
    return nodes.startWith(name, Option.BLOCK_FILTER_INDEX, Option.PEER_BLOCK_FILTERS);
  }

  /** A node with the honest one's chain, which stays with it. */
  private Node follower(String name) throws Exception {
    Node node = node(name);
    TestNodes.rpc(node).call("addnode", TestNodes.address(honest), "add");
    TestNodes.awaitSameTip(TestNodes.rpc(honest), TestNodes.rpc(node));
    return node;
  }

  private void openLight(Node... peers) throws Exception {
    if (light != null) {
      light.close();
    }
    light =
        LightNode.open(
            nodes.config("light"), Arrays.stream(peers).map(TestNodes::address).toList(), PATIENCE);
    light.synchronise(progress -> {});
  }

  private JsonNode call(String method, Object... params) {
    ObjectNode request = JSON.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", 1).put("method", method);
    request.set("params", JSON.valueToTree(params));
    try {
      JsonNode answer =
          JSON.readTree(light.answer(JSON.writeValueAsBytes(request), Optional.of("w")));
      if (answer.has("error")) {
        throw new AssertionError(answer);
      }
      return answer.get("result");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String newAddress() {
    return call("getnewaddress").asText();
  }

  /** Of a new light wallet, which is closed again. */
  private String addressForLater() throws Exception {
    openLight(honest);
    call("createwallet", "w");
    String address = newAddress();
    light.close();
    return address;
  }

  private double balance(String which) {
    return call("getbalances").path("mine").path(which).asDouble();
  }

  private TestRpc rpc() {
    return TestNodes.rpc(honest);
  }

  private void mine(int blocks, String address) {
    rpc().call("generatetoaddress", blocks, address);
  }

  private int height(Node node) {
    return node.inside().chain().height();
  }

  private void awaitLight() {
    awaitLight(height(honest));
  }

  private void awaitLight(int height) {
    await().atMost(SOON).until(() -> call("getblockcount").asInt() == height);
    await().atMost(SOON).until(() -> !call("getwalletinfo").path("scanning").isObject());
    await()
        .atMost(SOON)
        .until(
            () ->
                call("getwalletinfo").path("lastprocessedblock").path("height").asInt() == height);
  }

  @Test
  void itIsPaidPaysAndFollowsAReorganisation() throws Exception {
    mine(5, SHOP);
    openLight(honest);
    call("createwallet", "w");
    mine(2, newAddress());
    mine(100, SHOP);
    awaitLight();
    assertThat(balance("trusted")).isEqualTo(100);

    // A block that is not there any more.
    String lost = rpc().call("generatetoaddress", 1, newAddress()).get(0).asText();
    awaitLight();
    assertThat(balance("immature")).isEqualTo(50);
    rpc().call("invalidateblock", lost);
    mine(2, SHOP);
    awaitLight();
    assertThat(balance("immature")).isZero();
    assertThat(balance("trusted")).isEqualTo(100);

    String txid = call("sendtoaddress", SHOP, 30).asText();
    await().atMost(SOON).until(() -> rpc().call("getrawmempool").toString().contains(txid));
    assertThat(balance("trusted")).as("its own change counts at once").isBetween(69.9, 70.0);
    mine(1, SHOP);
    awaitLight();
    assertThat(call("gettransaction", txid).path("confirmations").asInt()).isEqualTo(1);
    assertThat(balance("trusted")).isBetween(69.9, 70.0);
    assertThat(light.exposed()).isEmpty();

    // It goes on where it was.
    light.close();
    mine(3, SHOP);
    openLight(honest);
    awaitLight();
    assertThat(balance("trusted")).isBetween(69.9, 70.0);
    assertThat(call("listtransactions").size()).isEqualTo(4);
  }

  /** Tells of one block another filter, and of all headers what follows from it. */
  private record Lies(ChainReader chain, int height, BlockFilter instead) implements BlockFilters {
    @Override
    public Optional<BlockFilter> filter(HeaderNode block) {
      return Optional.of(block.height() == height ? instead : truth(block, chain));
    }

    static BlockFilter truth(HeaderNode block, ChainReader chain) {
      return BlockFilter.of(
          chain.block(block.hash()).orElseThrow(), chain.undo(block.hash()).orElseThrow());
    }

    @Override
    public Optional<FilterHash> hash(HeaderNode block) {
      return filter(block).map(BlockFilter::hash);
    }

    @Override
    public Optional<FilterHeader> header(HeaderNode block) {
      FilterHeader header = FilterHeader.ZERO;
      for (int i = 0; i <= block.height(); i++) {
        header = header.next(hash(block.ancestor(i)).orElseThrow());
      }
      return Optional.of(header);
    }
  }

  /** Never has an answer. */
  private static final BlockFilters SILENCE =
      new BlockFilters() {
        @Override
        public Optional<BlockFilter> filter(HeaderNode block) {
          return Optional.empty();
        }

        @Override
        public Optional<FilterHash> hash(HeaderNode block) {
          return Optional.empty();
        }

        @Override
        public Optional<FilterHeader> header(HeaderNode block) {
          return Optional.empty();
        }
      };

  private void offer(Node node, BlockFilters filters) {
    node.inside()
        .call(
            () -> {
              node.inside().core().gossip().filterServer().offer(filters);
              return true;
            });
  }

  /** Lets a node leave everything out of the filter of a block but what the block spends. */
  private void hideOutputs(Node node, int height) {
    offer(node, new Lies(node.inside().chain().chain(), height, filterOf(node, height)));
  }

  /** The filter of a block with nothing but what its coinbase pays and what it spends. */
  private static BlockFilter filterOf(Node node, int height) {
    Block block = block(node, height);
    BlockUndo undo = node.inside().chain().chain().undo(block.hash()).orElseThrow();
    // The coinbase pays somebody else than the wallet: the transactions behind it are left out.
    Block empty = new Block(block.header(), List.of(block.transactions().get(0)));
    BlockFilter filter = BlockFilter.of(empty, undo);
    assertThat(filter.block()).isEqualTo(block.hash());
    return filter;
  }

  private static Block block(Node node, int height) {
    HeaderNode at = node.inside().chain().tip().ancestor(height);
    return node.inside().chain().chain().block(at.hash()).orElseThrow();
  }

  @Test
  void whoHidesAPaymentIsFoundOutByTheBlock() throws Exception {
    int paid = payWhileAway();

    Node liar = follower("liar");
    hideOutputs(liar, paid);
    openLight(liar, honest, follower("second"));
    awaitLight();
    assertThat(light.exposed())
        .singleElement()
        .isEqualTo(
            new Exposure(
                TestNodes.address(liar),
                "lies: its filter of block " + paid + " leaves out an output of the block"));
    assertThat(balance("trusted")).isEqualTo(7);
    await().atMost(SOON).until(() -> callers(liar) == 0);
  }

  /** How many light wallets are connected to a node. */
  private static long callers(Node node) {
    long callers = 0;
    for (JsonNode peer : TestNodes.rpc(node).call("getpeerinfo")) {
      callers += peer.path("subver").asText().contains("(light)") ? 1 : 0;
    }
    return callers;
  }

  /**
   * Has the honest node pay to a new light wallet, which does not see it yet; three more blocks
   * follow. Returns the height of the payment's block.
   */
  private int payWhileAway() throws Exception {
    String address = addressForLater();
    rpc().call("createwallet", "rich");
    mine(101, rpc().call("getnewaddress").asText());
    rpc().call("sendtoaddress", address, 7);
    mine(1, SHOP);
    int height = height(honest);
    mine(3, SHOP);
    return height;
  }

  /** Lets a node say of a block that it spends other coins. */
  private void hideSpends(Node node, int height) {
    ChainReader chain = node.inside().chain().chain();
    Block block = block(node, height);
    BlockUndo undo = chain.undo(block.hash()).orElseThrow();
    Coin foreign = new Coin(new TxOut(1, TestKey.number(99).p2wpkh()), 1, false);
    BlockUndo others = new BlockUndo(undo.spent().stream().map(coins -> List.of(foreign)).toList());
    offer(node, new Lies(chain, height, BlockFilter.of(block, others)));
  }

  @Test
  void whereABlockCannotTellMostAreBelieved() throws Exception {
    String address = addressForLater();
    rpc().call("createwallet", "rich");
    mine(1, rpc().call("getnewaddress").asText());
    mine(1_005, SHOP);
    rpc().call("sendtoaddress", address, 7);
    mine(1, SHOP);
    int paid = height(honest);
    Node liar = follower("liar");
    hideSpends(liar, paid);

    assertThatThrownBy(() -> openLight(liar, honest))
        .isInstanceOf(LightException.class)
        .hasMessageContaining(" at " + paid + ", and the block doesn't show who lies")
        .hasMessageEndingWith("name more peers");
    assertThat(light.exposed()).isEmpty();

    openLight(liar, honest, follower("second"));
    awaitLight();
    assertThat(light.exposed())
        .singleElement()
        .isEqualTo(
            new Exposure(
                TestNodes.address(liar),
                "lies: its filter of block "
                    + paid
                    + " is not the one of most peers, and the block spends coins too old to tell"));
    assertThat(balance("trusted")).isEqualTo(7);
  }

  @Test
  void whoSendsAnotherFilterThanHeNamedIsDropped() throws Exception {
    int paid = payWhileAway();
    Node liar = follower("liar");
    ChainReader chain = liar.inside().chain().chain();
    BlockFilters honestly = new Lies(chain, -1, null);
    Lies lies = new Lies(chain, paid, filterOf(liar, paid));
    offer(
        liar,
        new BlockFilters() {
          @Override
          public Optional<BlockFilter> filter(HeaderNode block) {
            return lies.filter(block);
          }

          @Override
          public Optional<FilterHash> hash(HeaderNode block) {
            return honestly.hash(block);
          }

          @Override
          public Optional<FilterHeader> header(HeaderNode block) {
            return honestly.header(block);
          }
        });
    assertThatThrownBy(() -> openLight(liar)).isInstanceOf(LightException.class);
    assertThat(light.exposed())
        .singleElement()
        .satisfies(
            exposure -> {
              assertThat(exposure.peer()).isEqualTo(TestNodes.address(liar));
              assertThat(exposure.what())
                  .startsWith("sent a filter of block ")
                  .endsWith(" at " + paid + " that is not the one of its header");
            });
    openLight(honest);
    awaitLight();
    assertThat(balance("trusted")).isEqualTo(7);
  }

  @Test
  void longBranchesAreWeighedAndLightOnesNotRemembered() throws Exception {
    String address = addressForLater();
    // More headers, and more headers of filters, than a message holds.
    mine(1, address);
    mine(2_299, SHOP);
    openLight(honest);
    awaitLight();
    assertThat(balance("trusted")).isEqualTo(50);

    Node lighter = node("lighter");
    TestNodes.rpc(lighter).call("generatetoaddress", 50, SHOP);
    openLight(honest, lighter);
    awaitLight();
    assertThat(knows(lighter)).isFalse();
    assertThat(light.exposed()).as("it does not lie").isEmpty();

    // The first message of its headers has less work than what is known.
    Node heavier = node("heavier");
    TestNodes.rpc(heavier).call("generatetoaddress", 2_400, SHOP);
    openLight(honest, heavier);
    awaitLight(2_400);
    assertThat(knows(heavier)).isTrue();
    assertThat(balance("trusted")).isZero();
  }

  private boolean knows(Node node) {
    return light.agreed().chain().header(node.inside().chain().tip().hash()).isPresent();
  }

  @Test
  void whoHidesWhatIsSpentIsFoundOutByEarlierBlocks() throws Exception {
    int paid = payWhileAway();

    Node liar = follower("liar");
    hideSpends(liar, paid);
    openLight(liar, honest);
    awaitLight();
    assertThat(light.exposed())
        .singleElement()
        .isEqualTo(
            new Exposure(
                TestNodes.address(liar),
                "lies: its filter of block " + paid + " is not the one that the block makes"));
    assertThat(balance("trusted")).isEqualTo(7);
  }

  @Test
  void whoSaysNothingIsNamedAndDropped() throws Exception {
    mine(20, SHOP);
    Node silent = follower("silent");
    offer(silent, SILENCE);
    openLight(silent, honest);
    call("createwallet", "w");
    awaitLight();
    assertThat(light.exposed())
        .singleElement()
        .isEqualTo(new Exposure(TestNodes.address(silent), "is silent: it gave no filter headers"));
  }

  @Test
  void whatALiarHidIsFoundAsSoonAsSomebodyElseTells() throws Exception {
    int paid = payWhileAway();
    Node liar = follower("liar");
    hideOutputs(liar, paid);

    openLight(liar);
    awaitLight();
    assertThat(balance("trusted")).as("there is nobody to contradict").isZero();
    assertThat(light.exposed()).isEmpty();

    openLight(liar, honest);
    awaitLight();
    assertThat(light.exposed()).extracting(Exposure::peer).containsExactly(TestNodes.address(liar));
    assertThat(balance("trusted")).isEqualTo(7);
  }

  @Test
  void withoutAPeerThatHasFiltersItSaysSo() throws Exception {
    Node plain = nodes.start("plain");
    assertThatThrownBy(() -> openLight(plain))
        .isInstanceOf(LightException.class)
        .hasMessageContaining("no peer offers filters of blocks");
    assertThat(Set.copyOf(light.exposed())).isEmpty();
  }
}
