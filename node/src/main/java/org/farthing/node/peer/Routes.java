package org.farthing.node.peer;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.config.ReachConfig;
import org.farthing.node.transport.Connection;
import org.farthing.node.transport.Proxy;
import org.farthing.node.transport.Target;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways to other nodes.
 *
 * <ul>
 *   <li>An address is called through the proxy of its network, or directly where there is none.
 *       Addresses that nobody else can reach, such as those of this machine, are called directly.
 *   <li>With a proxy for names nothing is looked up here, which others could see: the proxy is
 *       asked for the host itself, and {@link NetAddress#ofName} stands for the address that only
 *       it knows.
 *   <li>Peers that nobody named are called only in networks that the operator wants.
 * </ul>
 *
 * Owned by the node thread.
 */
public final class Routes implements Resolver {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private final Resolver lookups;
  private final ReachConfig config;
  private final int defaultPort;
  private final Map<AddressNetwork, Proxy> proxies = new EnumMap<>(AddressNetwork.class);
  private final Set<AddressNetwork> reachable = EnumSet.noneOf(AddressNetwork.class);
  private final Map<NetAddress, String> names = new HashMap<>();
  private final Set<NetAddress> onionServices = new HashSet<>();
  private Optional<NetAddress> ownOnion = Optional.empty();

  /**
   * @param lookups finds addresses of hosts, where that is allowed
   * @param defaultPort of a host without one
   */
  public Routes(Resolver lookups, ReachConfig config, int defaultPort) {
    this.lookups = lookups;
    this.config = config;
    this.defaultPort = defaultPort;
    for (AddressNetwork network : AddressNetwork.values()) {
      boolean isolated = config.isolated() && network != AddressNetwork.I2P;
      Optional.ofNullable(config.proxies().get(network.label()))
          .ifPresent(address -> proxies.put(network, new Proxy(address, isolated)));
      if (config.networks().contains(network.label())) {
        reachable.add(network);
      }
    }
  }

  /** Whether peers of this network may be chosen. */
  public boolean isReachable(AddressNetwork network) {
    return reachable.contains(network);
  }

  /** The proxy that leads into a network. */
  public Optional<Proxy> proxy(AddressNetwork network) {
    return Optional.ofNullable(proxies.get(network));
  }

  /** Tor has said where its proxy is, which was not known before. */
  public void foundTor(Proxy proxy) {
    LOG.debug("Configuring onion proxy for {}", proxy);
    proxies.put(AddressNetwork.TORV3, proxy);
    if (config.onionWanted()) {
      reachable.add(AddressNetwork.TORV3);
    }
  }

  /** Whoever calls us here comes from Tor, wherever its socket is. */
  public void listensForTor(NetAddress local) {
    onionServices.add(local);
  }

  /** By which peers can call us through Tor, if they can. */
  public void ownOnion(Optional<NetAddress> service) {
    ownOnion = service;
  }

  public Optional<NetAddress> ownOnion() {
    return ownOnion;
  }

  /** The other side sees the address of a proxy, not ours, or may not learn it. */
  public boolean hidesUs(Connection connection) {
    return connection.remote().isName()
        || (!connection.inbound()
            && connection.remote().isRoutable()
            && proxy(connection.remote().network()).isPresent());
  }

  /** The other side has called our onion service: nobody knows its address. */
  public boolean isFromTor(Connection connection) {
    return connection.inbound() && onionServices.contains(connection.local());
  }

  /** The network that a connection leads through. */
  public AddressNetwork networkOf(Connection connection) {
    return isFromTor(connection) ? AddressNetwork.TORV3 : connection.remote().network();
  }

  /** The address as this node understands it: CJDNS has addresses that look like IPv6. */
  public NetAddress known(NetAddress address) {
    return config.cjdns() ? address.asCjdns() : address;
  }

  /** How to make a call. */
  Target target(Call call) {
    NetAddress address = call.address();
    boolean isName = address.isName();
    Optional<Proxy> proxy =
        call.proxy()
            .or(
                () ->
                    isName
                        ? config.names().map(found -> new Proxy(found, config.isolated()))
                        : proxy(address.network()).filter(way -> address.isRoutable()));
    if (call.kind() == ConnectionKind.PRIVATE_BROADCAST) {
      // In I2P a call comes from the node's own address, unless it is isolated.
      proxy = proxy.map(way -> address.network() == AddressNetwork.I2P ? way.asStranger() : way);
    }
    proxy.ifPresent(used -> LOG.debug("Using proxy: {} to connect to {}", used, call.name()));
    String host = isName ? names.getOrDefault(address, address.host()) : address.host();
    return new Target(address, host, call.encrypted(), proxy);
  }

  @Override
  public void resolve(String host, Consumer<List<NetAddress>> then) {
    Optional<NetAddress> number = numeric(host);
    if (number.isEmpty() && config.names().isPresent()) {
      then.accept(name(host));
    } else if (number.isEmpty() && !config.lookups()) {
      LOG.debug("Not looking up {}: names are not looked up here", host);
      then.accept(List.of());
    } else {
      lookups.resolve(
          host, found -> then.accept(found.stream().map(this::known).distinct().toList()));
    }
  }

  private Optional<NetAddress> numeric(String host) {
    try {
      return Optional.of(NetAddress.parse(host, defaultPort));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  private List<NetAddress> name(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon < 0 ? host : host.substring(0, colon);
    String port = colon < 0 ? Integer.toString(defaultPort) : host.substring(colon + 1);
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 0xffff || name.isEmpty()) {
      LOG.warn("'{}' is not a host with a port", host);
      return List.of();
    }
    NetAddress address = NetAddress.ofName(name, Integer.parseInt(port));
    names.put(address, name);
    return List.of(address);
  }
}
