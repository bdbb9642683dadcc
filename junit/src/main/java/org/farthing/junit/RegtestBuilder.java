package org.farthing.junit;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.farthing.consensus.bytes.Hex;
import org.farthing.node.app.Hosting;
import org.farthing.node.app.Node;
import org.farthing.node.app.StartException;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.NodeConfigReader;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionReader;
import org.farthing.node.config.OptionValues;
import org.farthing.node.config.RpcLogin;

/**
 * What a {@link RegtestNode} should be like. Without further words: everything in memory, a wallet
 * with {@value #DEFAULT_COINS} coins of 50 bitcoins each that can be spent, ports of the system's
 * choice, a clock that runs.
 */
public final class RegtestBuilder {
  static final int DEFAULT_COINS = 10;

  private static final String NETWORK = "regtest";
  private static final String OFF = "0";
  private static final int PASSWORD_BYTES = 16;
  private static final AtomicInteger STARTED = new AtomicInteger();

  private final OptionValues options = new OptionValues();
  private Optional<String> name = Optional.empty();
  private Optional<Path> folder = Optional.empty();
  private boolean wallet = true;
  private int coins = DEFAULT_COINS;
  private boolean trustsLocalPeers = true;
  private String rpcUser = "farthing";
  private String rpcPassword = randomPassword();

  RegtestBuilder() {}

  private static String randomPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Hex.encode(bytes);
  }

  /** What the node is called in messages and thread dumps. */
  public RegtestBuilder name(String chosen) {
    name = Optional.of(chosen);
    return this;
  }

  /** Keeps everything in this folder, and goes on with what is there already. */
  public RegtestBuilder folder(Path base) {
    folder = Optional.of(base);
    return this;
  }

  /** No wallet: {@link RegtestNode#mine} pays nobody, and no block is mined at the start. */
  public RegtestBuilder withoutWallet() {
    wallet = false;
    return this;
  }

  /**
   * How many coins of 50 bitcoins the wallet has at the start. Each is a block, and 100 more follow
   * so that they can be spent; with 0 the chain is empty.
   */
  public RegtestBuilder coins(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("negative count: " + count);
    }
    coins = count;
    return this;
  }

  /** A clock that stands still at this time, and moves with {@link RegtestNode#advanceTime}. */
  public RegtestBuilder time(Instant frozen) {
    options.put(Option.MOCK_TIME, List.of(Long.toString(frozen.getEpochSecond())));
    return this;
  }

  /** Who may call over RPC; without it there is a user with a random password. */
  public RegtestBuilder rpcLogin(String user, String password) {
    rpcUser = user;
    rpcPassword = password;
    return this;
  }

  /** A certain port for RPC, instead of one that is free. */
  public RegtestBuilder rpcPort(int port) {
    return set(Option.RPC_PORT, Integer.toString(port));
  }

  /** A certain port for peers, instead of one that is free. */
  public RegtestBuilder p2pPort(int port) {
    return set(Option.PORT, Integer.toString(port));
  }

  /** Nobody can call over RPC. */
  public RegtestBuilder withoutRpc() {
    return set(Option.SERVER, OFF);
  }

  /** No peer can connect; the node can still connect to others. */
  public RegtestBuilder withoutP2p() {
    return set(Option.LISTEN, OFF);
  }

  /**
   * Peers of this machine get no special treatment. Otherwise they are told of transactions at
   * once, not after some random seconds, and keep their connection whatever they send.
   */
  public RegtestBuilder distrustingLocalPeers() {
    trustsLocalPeers = false;
    return this;
  }

  /**
   * Any other option of a node: {@code option("tx-index", "1")}.
   *
   * @param label as in {@code farthing.conf}; {@code farthing node --help} lists them
   * @throws IllegalArgumentException if there is no such option
   */
  public RegtestBuilder option(String label, String value) {
    Option option =
        Option.named(label)
            .orElseThrow(() -> new IllegalArgumentException("no such option: " + label));
    options.add(option, value);
    return this;
  }

  private RegtestBuilder set(Option option, String value) {
    options.put(option, List.of(value));
    return this;
  }

  /**
   * Starts the node.
   *
   * @throws IllegalStateException if it cannot start, with the reason; nothing is left of it
   */
  public RegtestNode start() {
    return start(coins);
  }

  /** For a network, which has one miner for all. */
  RegtestNode startUnfunded() {
    return start(0);
  }

  int coinsWanted() {
    return wallet ? coins : 0;
  }

  private RegtestNode start(int coinsAtOnce) {
    WarmUp.begin();
    String chosen = name.orElseGet(() -> "regtest-" + STARTED.incrementAndGet());
    Node node = null;
    try {
      node = Node.of(config(), new Hosting(chosen, true));
      node.open();
      RegtestNode started = new RegtestNode(chosen, node, new Login(rpcUser, rpcPassword));
      started.prepare(wallet, coinsAtOnce);
      CompilerFault.look();
      return started;
    } catch (ConfigException | StartException e) {
      throw new IllegalStateException("cannot start " + chosen + ": " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      if (node != null) {
        node.close();
      }
      throw e;
    }
  }

  /** Who may call over RPC. */
  record Login(String user, String password) {}

  private NodeConfig config() throws ConfigException {
    OptionReader reader = new OptionReader(List.of(options, defaults()));
    NodeConfig config =
        folder.isPresent()
            ? NodeConfigReader.read(reader, NETWORK, DataDirectory.of(folder.get(), NETWORK))
            : NodeConfigReader.readInMemory(reader, NETWORK);
    config.limits().expectHeap();
    return config;
  }

  /** What counts where the test says nothing else. */
  private OptionValues defaults() {
    String loopback = InetAddress.getLoopbackAddress().getHostAddress();
    RpcLogin login = RpcLogin.ofPassword(rpcUser, rpcPassword);
    OptionValues defaults =
        new OptionValues()
            .add(Option.BIND, loopback)
            .add(Option.PORT, OFF)
            .add(Option.RPC_PORT, OFF)
            .add(Option.RPC_AUTH, login.user() + ":" + login.salt() + "$" + login.hmac())
            // Nobody is looked for: the test says who is connected to whom.
            .add(Option.CONNECT, OFF)
            // Each node has a few threads for RPC only when they are needed.
            .add(Option.RPC_THREADS, "4")
            .add(Option.CHECK_BLOCKS, "1");
    if (trustsLocalPeers) {
      defaults.add(Option.WHITELIST, "in,out,noban@" + loopback);
    }
    return defaults;
  }
}
