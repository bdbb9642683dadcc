package org.farthing.node.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.config.BindAddress;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.PrivacyConfig;
import org.farthing.node.config.ProxyAddress;
import org.farthing.node.config.WholeFile;
import org.farthing.node.peer.Resolver;
import org.farthing.node.peer.Routes;
import org.farthing.node.time.Scheduler;
import org.farthing.node.tor.TorSession;
import org.farthing.node.transport.LineClient;
import org.farthing.node.transport.Proxy;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a conversation with Tor, which keeps an onion service for this node. When it breaks off, it
 * is begun again, after a pause that grows as long as nobody answers. Owned by the node thread.
 */
final class TorService implements LineClient.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TorService.class);

  private static final int CONTROL_PORT = 9051;
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LAST_PAUSE_MILLIS = 600_000;
  private static final double PAUSE_GROWS = 1.5;

  /** Bytes of the longest line that Tor may say. */
  static final int MAX_LINE = 100_000;

  /**
   * What the service is to be.
   *
   * @param keyFile holds the key by which the service has the same name in the next run
   * @param target where calls are to be taken to
   * @param port of the service
   */
  record Setup(PrivacyConfig.Tor tor, Optional<Path> keyFile, NetAddress target, int port) {}

  private final Setup setup;
  private final Scheduler scheduler;
  private final Routes routes;
  private final LineClient client;
  private final Resolver resolver;
  private Optional<String> key = Optional.empty();
  private TorSession session;
  private LineClient.Line line;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private Optional<Scheduler.Timer> next = Optional.empty();
  private boolean closed;

  /**
   * @param client whose executor is the node thread
   * @param resolver finds Tor, where its host is a name
   */
  TorService(
      Setup setup, Scheduler scheduler, Routes routes, LineClient client, Resolver resolver) {
    this.setup = setup;
    this.resolver = resolver;
    this.scheduler = scheduler;
    this.routes = routes;
    this.client = client;
    setup.keyFile().ifPresent(this::loadKey);
  }

  /**
   * Begins to talk to Tor, as the configuration has it. On the node thread.
   *
   * @param target where calls of the service are to be taken to
   */
  static TorService start(
      NodeConfig config, NetAddress target, NodeCore core, LineClient client, Resolver resolver) {
    Setup setup =
        new Setup(
            config.p2p().privacy().tor().orElseThrow(),
            config.folder().map(DataDirectory::onionKey),
            target,
            config.params().network().ports().p2p());
    TorService service = new TorService(setup, core.scheduler(), core.routes(), client, resolver);
    service.connect();
    return service;
  }

  private void loadKey(Path file) {
    try {
      key = Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
      LOG.debug("Reading cached private key from {}", file);
    } catch (IOException e) {
      LOG.debug("No private key of an onion service in {}", file);
    }
  }

  void connect() {
    next = Optional.empty();
    if (closed) {
      return;
    }
    LOG.debug("Attempting to connect to Tor control port {}", setup.tor().control());
    BindAddress place = place();
    resolver.resolve(
        place.host(),
        found -> {
          if (closed) {
            return;
          }
          Optional<InetSocketAddress> socket =
              found.stream()
                  .findFirst()
                  .map(host -> host.withPort(place.portOr(CONTROL_PORT)))
                  .flatMap(NetAddress::toSocketAddress);
          socket.ifPresentOrElse(
              address -> client.connect(address, this),
              () -> closed("no address of '" + place.host() + "' is known"));
        });
  }

  private BindAddress place() {
    try {
      return BindAddress.parse(setup.tor().control());
    } catch (ConfigException e) {
      throw new AssertionError("was read before", e);
    }
  }

  @Override
  public void opened(LineClient.Line opened) {
    if (closed) {
      opened.close();
      return;
    }
    LOG.debug("Successfully connected to Tor control port");
    pauseMillis = FIRST_PAUSE_MILLIS;
    line = opened;
    session =
        new TorSession(
            new TorSession.Wish(
                setup.tor().password(),
                setup.tor().asksForProxy(),
                key,
                setup.port(),
                setup.target().toString()),
            new World(),
            new SecureRandom());
    session.start();
  }

  @Override
  public void heard(LineClient.Line from, String text) {
    if (!closed && !session.heard(text)) {
      from.close();
    }
  }

  @Override
  public void closed(String reason) {
    routes.ownOnion(Optional.empty());
    line = null;
    if (closed) {
      return;
    }
    LOG.debug(
        "Not connected to Tor control port {} ({}), will retry", setup.tor().control(), reason);
    LOG.debug("Retrying in {} ms", pauseMillis);
    next = Optional.of(scheduler.after(pauseMillis, this::connect));
    pauseMillis = Math.min(LAST_PAUSE_MILLIS, Math.round(pauseMillis * PAUSE_GROWS));
  }

  @Override
  public void close() {
    closed = true;
    next.ifPresent(Scheduler.Timer::cancel);
    if (line != null) {
      line.close();
    }
  }

  /** What a conversation leads to. */
  private final class World implements TorSession.Surroundings {
    @Override
    public void say(String command) {
      line.say(command);
    }

    @Override
    public byte[] read(String file) throws IOException {
      return Files.readAllBytes(Path.of(file));
    }

    @Override
    public void foundProxy(Optional<String> place) {
      ProxyAddress address;
      try {
        address =
            ProxyAddress.parse(place.orElse("127.0.0.1"), "onion", ProxyAddress.SOCKS_PORT, false);
      } catch (ConfigException e) {
        LOG.warn("tor: {}", e.getMessage());
        return;
      }
      routes.foundTor(new Proxy(address, true));
    }

    @Override
    public void serviceReady(String id, String found) {
      key = Optional.of(found).filter(text -> !text.isEmpty());
      setup.keyFile().ifPresent(TorService.this::saveKey);
      try {
        NetAddress service = NetAddress.parse(id + ".onion", setup.port());
        LOG.info("Got tor service ID {}, advertising service {}", id, service);
        routes.ownOnion(Optional.of(service));
      } catch (DecodeException e) {
        LOG.warn("tor: no onion service of version 3: {}", id);
      }
    }
  }

  private void saveKey(Path file) {
    if (key.isEmpty()) {
      return;
    }
    try {
      WholeFile.writeSecret(file, key.get().getBytes(StandardCharsets.UTF_8));
      LOG.debug("Cached service private key to {}", file);
    } catch (IOException e) {
      LOG.warn("tor: Error writing service private key to {}: {}", file, e.toString());
    }
  }
}
