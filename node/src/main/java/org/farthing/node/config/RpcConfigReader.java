package org.farthing.node.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The options of RPC. */
final class RpcConfigReader {
  private static final int DEFAULT_THREADS = 16;
  private static final int MAX_THREADS = 1024;
  private static final int DEFAULT_WORK_QUEUE = 64;
  private static final int MAX_WORK_QUEUE = 100_000;
  private static final int DEFAULT_TIMEOUT_SECONDS = 30;

  private static final List<String> LOOPBACK = List.of("127.0.0.1", "[::1]");

  private final OptionReader in;
  private final Optional<DataDirectory> data;

  private RpcConfigReader(OptionReader in, Optional<DataDirectory> data) {
    this.in = in;
    this.data = data;
  }

  /**
   * Reads them.
   *
   * @param data where the cookie is, if nothing else is said; without a folder there is none
   * @param usualPort of the network
   */
  static RpcConfig read(OptionReader in, Optional<DataDirectory> data, int usualPort)
      throws ConfigException {
    return new RpcConfigReader(in, data).config(usualPort);
  }

  private RpcConfig config(int usualPort) throws ConfigException {
    return new RpcConfig(in.flag(Option.SERVER, true), listen(usualPort), access(), limits());
  }

  private RpcConfig.Listen listen(int usualPort) throws ConfigException {
    List<String> texts = in.all(Option.RPC_BIND);
    List<BindAddress> binds = new ArrayList<>();
    for (String text : texts.isEmpty() ? LOOPBACK : texts) {
      binds.add(BindAddress.parse(text, "rpcbind"));
    }
    List<Subnet> allowed = new ArrayList<>();
    for (String text : in.all(Option.RPC_ALLOW_IP)) {
      allowed.add(Subnet.parse(text).orElseThrow(() -> invalidSubnet(text)));
    }
    return new RpcConfig.Listen(
        binds,
        in.port(Option.RPC_PORT, usualPort),
        in.has(Option.RPC_ALLOW_IP) ? Optional.of(allowed) : Optional.empty());
  }

  private static ConfigException invalidSubnet(String text) {
    return new ConfigException(
        "Invalid -rpcallowip subnet specification: "
            + text
            + ". Valid values are a single IP (e.g. 1.2.3.4), a network/netmask (e.g."
            + " 1.2.3.4/255.255.255.0), a network/CIDR (e.g. 1.2.3.4/24), all ipv4 (0.0.0.0/0), or"
            + " all ipv6 (::/0).");
  }

  private RpcConfig.Access access() throws ConfigException {
    Optional<RpcLogin> password =
        in.text(Option.RPC_PASSWORD)
            .filter(text -> !text.isEmpty())
            .map(text -> RpcLogin.ofPassword(in.text(Option.RPC_USER).orElse(""), text));
    Optional<RpcConfig.CookieFile> cookie = password.isPresent() ? Optional.empty() : cookie();
    Optional<Boolean> onlyNamed =
        in.has(Option.RPC_WHITELIST_DEFAULT)
            ? Optional.of(in.flag(Option.RPC_WHITELIST_DEFAULT, true))
            : Optional.empty();
    return new RpcConfig.Access(
        password,
        in.allAsGiven(Option.RPC_AUTH),
        cookie,
        RpcWhitelist.parse(in.allAsGiven(Option.RPC_WHITELIST), onlyNamed));
  }

  private Optional<RpcConfig.CookieFile> cookie() throws ConfigException {
    if (in.isOff(Option.RPC_COOKIE_FILE) || data.isEmpty()) {
      return Optional.empty();
    }
    Path folder = data.get().folder();
    Path file = in.path(Option.RPC_COOKIE_FILE).map(folder::resolve).orElseGet(data.get()::cookie);
    Optional<RpcConfig.Readers> readers =
        in.has(Option.RPC_COOKIE_PERMS)
            ? Optional.of(in.choice(Option.RPC_COOKIE_PERMS, RpcConfig.Readers.OWNER))
            : Optional.empty();
    return Optional.of(new RpcConfig.CookieFile(file, readers));
  }

  private RpcConfig.Limits limits() throws ConfigException {
    return new RpcConfig.Limits(
        clamped(Option.RPC_THREADS, DEFAULT_THREADS, MAX_THREADS),
        clamped(Option.RPC_WORK_QUEUE, DEFAULT_WORK_QUEUE, MAX_WORK_QUEUE),
        in.integer(Option.RPC_SERVER_TIMEOUT, DEFAULT_TIMEOUT_SECONDS, 0, Integer.MAX_VALUE),
        in.flag(Option.RPC_DOC_CHECK, false),
        new HashSet<>(in.all(Option.DEPRECATED_RPC)));
  }

  /** What is less than one means one, as in Bitcoin Core. */
  private int clamped(Option option, int usual, int most) throws ConfigException {
    return Math.max(1, in.integer(option, usual, Integer.MIN_VALUE, most));
  }
}
