package org.farthing.node.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How programs talk to the node.
 *
 * @param enabled without a server nobody can call, and there is no cookie
 */
public record RpcConfig(boolean enabled, Listen listen, Access access, Limits limits) {

  /**
   * Where the server listens.
   *
   * @param binds addresses of this machine
   * @param port the TCP port of those that name none; 0 lets the system choose
   * @param allowed who may connect, beside this machine itself; empty: everybody
   */
  public record Listen(List<BindAddress> binds, int port, Optional<List<Subnet>> allowed) {
    public Listen {
      binds = List.copyOf(binds);
      allowed = allowed.map(List::copyOf);
    }
  }

  /**
   * Who may call, and what.
   *
   * @param password of the one user who has a plain one
   * @param auths further users, as {@code user:salt$hmac}; they are checked when the server starts
   * @param cookie the file to write when the server starts; who can read it may call
   */
  public record Access(
      Optional<RpcLogin> password,
      List<String> auths,
      Optional<CookieFile> cookie,
      RpcWhitelist whitelist) {
    public Access {
      auths = List.copyOf(auths);
    }
  }

  /**
   * @param readers who may read the file, beside its owner: {@code owner}, {@code group} or {@code
   *     all}; empty: as usual
   */
  public record CookieFile(Path path, Optional<Readers> readers) {}

  /** Who may read the cookie. */
  public enum Readers {
    OWNER("rw-------"),
    GROUP("rw-r-----"),
    ALL("rw-r--r--");

    private final String permissions;

    Readers(String permissions) {
      this.permissions = permissions;
    }

    /** In POSIX's symbols. */
    public String permissions() {
      return permissions;
    }
  }

  /**
   * @param threads methods that run at the same time
   * @param workQueue calls that wait at most; further ones are refused with 503
   * @param timeoutSeconds how long a connection may be idle or a request incomplete; 0: for ever
   * @param checkResults hold each answer against what its method declares; for tests
   * @param deprecated methods that are to go, and that callers may call all the same
   */
  public record Limits(
      int threads,
      int workQueue,
      int timeoutSeconds,
      boolean checkResults,
      Set<String> deprecated) {
    public Limits {
      deprecated = Set.copyOf(deprecated);
    }
  }
}
