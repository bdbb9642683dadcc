package org.farthing.node.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.WholeFile;
import org.farthing.node.i2p.I2pKey;
import org.farthing.node.i2p.SamException;
import org.farthing.node.peer.LocalAddresses;
import org.farthing.node.transport.I2pIdentity;
import org.farthing.node.transport.NettyTransport;
import org.farthing.node.transport.Proxy;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;

/** Lets peers call a node through I2P, always at the same address, and tells where that is. */
final class I2pService implements I2pIdentity {
  private final Optional<Path> keyFile;
  private final LocalAddresses locals;
  private Optional<I2pKey> key = Optional.empty();

  private I2pService(Optional<Path> keyFile, LocalAddresses locals) {
    this.keyFile = keyFile;
    this.locals = locals;
  }

  /** Begins, where the configuration has a bridge and wants calls. On the node thread. */
  static void start(NodeConfig config, NodeCore core, NettyTransport transport) {
    Optional<Proxy> bridge = core.routes().proxy(AddressNetwork.I2P);
    if (bridge.isPresent() && config.p2p().privacy().acceptsI2p()) {
      I2pService service =
          new I2pService(config.folder().map(DataDirectory::i2pKey), core.locals());
      transport.acceptFromI2p(bridge.get(), service, core.peers());
    }
  }

  @Override
  public Optional<I2pKey> key() throws IOException, SamException {
    if (key.isEmpty() && keyFile.isPresent()) {
      try {
        key = Optional.of(I2pKey.of(Files.readAllBytes(keyFile.get())));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }
    return key;
  }

  @Override
  public void keep(I2pKey made) throws IOException {
    if (keyFile.isPresent()) {
      WholeFile.writeSecret(keyFile.get(), made.bytes());
    }
    key = Optional.of(made);
  }

  @Override
  public void reachable(NetAddress address) {
    locals.add(address, LocalAddresses.MANUAL, false);
  }

  @Override
  public void unreachable(NetAddress address) {
    locals.remove(address);
  }
}
