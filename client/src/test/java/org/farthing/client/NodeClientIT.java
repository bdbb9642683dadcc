package org.farthing.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farthing.client.json.Encode;
import org.farthing.client.rpc.Calls;
import org.farthing.client.rpc.CreateRawTransaction;
import org.farthing.client.rpc.CreateWallet;
import org.farthing.client.rpc.GetBlock;
import org.farthing.client.rpc.GetRawTransaction;
import org.farthing.client.rpc.GetTransaction;
import org.farthing.client.rpc.Methods;
import org.farthing.node.app.Node;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.Options;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real node, over a real socket. */
class NodeClientIT {
  /** They end the node, or wait for what never comes. */
  private static final Set<String> NOT_ALONE = Set.of("stop", "waitForNewBlock");

  /** The node has a fault. Others may be refused: they need an index, or something to be said. */
  private static final int INTERNAL_ERROR = -32603;

  @TempDir Path folder;
  private Node running;
  private NodeClient node;

  @BeforeEach
  void start() throws Exception {
    running = open("node");
    node = client(Credentials.cookie(running.config().data().cookie()));
  }

  private Node open(String name) throws Exception {
    OptionValues values =
        new OptionValues()
            .add(Option.NETWORK, "regtest")
            .add(Option.DATA_DIR, folder.resolve(name).toString())
            .add(Option.LISTEN, "0")
            .add(Option.CONNECT, "0")
            .add(Option.RPC_PORT, "0");
    return Node.start(Options.parse(values, Map.of()).config());
  }

  private NodeClient client(Credentials credentials) {
    return NodeClient.at(URI.create("http://127.0.0.1:" + running.rpcPort()), credentials);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void everyMethodWithoutParametersAnswersAsDeclared() throws Exception {
    NodeClient wallet = node.wallet("w");
    node.createWallet("w");
    wallet.generateToAddress(2, wallet.getNewAddress());
    List<String> called = new ArrayList<>();
    for (Method method : Methods.class.getDeclaredMethods()) {
      if (method.getParameterCount() > 0 || NOT_ALONE.contains(method.getName())) {
        continue;
      }
      called.add(method.getName());
      try {
        method.invoke(wallet);
      } catch (InvocationTargetException e) {
        assertThat(e.getCause()).as(method.getName()).isInstanceOf(RpcException.class);
        assertThat(((RpcException) e.getCause()).code())
            .as(e.getCause().getMessage())
            .isNotEqualTo(INTERNAL_ERROR);
      }
    }
    assertThat(called).contains("getBlockCount", "getBlockchainInfo", "getBalances", "help");
  }

  @Test
  void moneyIsMinedSentAndSeen() {
    node.createWallet("alice");
    node.createWallet("bob", new CreateWallet.Options().passphrase("secret"));
    NodeClient alice = node.wallet("alice");
    NodeClient bob = node.wallet("bob");
    assertThat(alice.generateToAddress(101, alice.getNewAddress())).hasSize(101);
    assertThat(alice.getBalance()).isEqualTo(Amount.ofCoins("50"));

    String address = bob.getNewAddress();
    String txid = alice.sendToAddress(address, Amount.ofCoins("1.25")).json().asText();
    assertThat(node.getRawMempool().json().get(0).asText()).isEqualTo(txid);
    assertThat(bob.getBalances().mine().untrustedPending()).isEqualTo(Amount.ofCoins("1.25"));
    String hash = alice.generateToAddress(1, alice.getNewAddress()).get(0);
    assertThat(bob.getBalance()).isEqualTo(Amount.ofSat(125_000_000));

    GetTransaction sent = alice.getTransaction(txid);
    assertThat(sent.confirmations()).isEqualTo(1);
    assertThat(sent.blockhash()).contains(hash);
    assertThat(sent.fee().orElseThrow()).isLessThan(Amount.ZERO);

    GetBlock.ForVerbosity2And3 block =
        node.getBlock(hash, new GetBlock.Options().verbosity(2)).forVerbosity2And3();
    assertThat(block.nTx()).isEqualTo(2);
    assertThat(block.tx().get(1).txid()).isEqualTo(txid);
    assertThat(block.tx().get(1).vout())
        .anySatisfy(
            output -> {
              assertThat(output.value()).isEqualTo(Amount.ofCoins("1.25"));
              assertThat(output.scriptPubKey().address()).contains(address);
            });
    assertThat(node.getBlock(hash).forVerbosity1().tx()).contains(txid);
    assertThat(
            node.getRawTransaction(txid, new GetRawTransaction.Options().blockhash(hash))
                .json()
                .asText())
        .isNotEmpty();
  }

  @Test
  void aTransactionIsMadeOfTypedParts() {
    node.createWallet("alice");
    NodeClient alice = node.wallet("alice");
    String address = alice.getNewAddress();
    String hex =
        node.createRawTransaction(
            List.of(new CreateRawTransaction.InputsItem("ab".repeat(32), 1).sequence(7)),
            List.of(Map.of(address, Amount.ofCoins("0.5")), Map.of("data", "beef")),
            new CreateRawTransaction.Options().locktime(100));
    var decoded = node.decodeRawTransaction(hex);
    assertThat(decoded.locktime()).isEqualTo(100);
    assertThat(decoded.vin().get(0).txid()).contains("ab".repeat(32));
    assertThat(decoded.vin().get(0).sequence()).isEqualTo(7);
    assertThat(decoded.vout().get(0).value()).isEqualTo(Amount.ofCoins("0.5"));
  }

  @Test
  void refusalsHaveACodeAndAReason() {
    assertThatThrownBy(() -> node.getBlockHash(1_000_000))
        .isInstanceOfSatisfying(
            RpcException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(-8);
              assertThat(refusal.reason()).isEqualTo("Block height out of range");
              assertThat(refusal.method()).isEqualTo("getblockhash");
            });
    assertThatThrownBy(() -> node.call(Call.of("nothing", Encode.object())))
        .isInstanceOfSatisfying(
            RpcException.class, refusal -> assertThat(refusal.code()).isEqualTo(-32601));
  }

  @Test
  void aBatchHasAResultForEachCall() {
    Batch batch = node.batch();
    Batch.Pending<Long> height = batch.add(Calls.getBlockCount());
    Batch.Pending<String> missing = batch.add(Calls.getBlockHash(77));
    Batch.Pending<String> genesis = batch.add(Calls.getBlockHash(0));
    Batch.Pending<JsonNode> echoed =
        batch.add(Call.of("echo", Encode.json(Arrays.asList("a", null))));
    assertThatThrownBy(height::get).isInstanceOf(IllegalStateException.class);
    batch.send();
    assertThat(height.get()).isZero();
    assertThat(genesis.get()).isEqualTo(node.getBestBlockHash());
    assertThatThrownBy(missing::get).isInstanceOf(RpcException.class);
    assertThat(echoed.get()).hasToString("[\"a\",null]");
    assertThatThrownBy(batch::send).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void credentialsAreCheckedAndACookieIsReadAgain() throws Exception {
    assertThatThrownBy(() -> client(Credentials.password("a", "b")).getBlockCount())
        .isInstanceOfSatisfying(
            ConnectionException.class, refused -> assertThat(refused.status()).isEqualTo(401));
    assertThatThrownBy(() -> client(Credentials.cookie(folder.resolve("none"))).getBlockCount())
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("there is no cookie");
    Path cookie = folder.resolve("cookie");
    Files.writeString(cookie, "__cookie__:" + "0".repeat(64));
    NodeClient early = client(Credentials.cookie(cookie));
    assertThatThrownBy(early::getBlockCount).isInstanceOf(ConnectionException.class);
    Files.copy(running.config().data().cookie(), cookie, StandardCopyOption.REPLACE_EXISTING);
    assertThat(early.getBlockCount()).isZero();
  }

  @Test
  void whoIsGoneIsSaid() {
    NodeClient impatient = node.timeout(Duration.ofSeconds(5));
    running.close();
    assertThatThrownBy(impatient::getBlockCount)
        .isInstanceOfSatisfying(
            ConnectionException.class, gone -> assertThat(gone.status()).isZero());
  }
}
