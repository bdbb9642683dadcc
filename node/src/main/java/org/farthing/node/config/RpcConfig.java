package org.farthing.node.config;

import java.util.List;

/**
 * How programs talk to the node.
 *
 * @param enabled without a server nobody can call, and there is no cookie
 * @param bind the local address to listen on
 * @param port the TCP port to listen on; 0 lets the system choose
 * @param logins who may call, beside the holder of the cookie
 * @param cookie write a cookie file when the server starts
 */
public record RpcConfig(
    boolean enabled, String bind, int port, List<RpcLogin> logins, boolean cookie, Limits limits) {
  public RpcConfig {
    logins = List.copyOf(logins);
  }

  /**
   * @param threads methods that run at the same time
   * @param workQueue calls that wait at most; further ones are refused with 503
   * @param timeoutSeconds how long a connection may be idle or a request incomplete
   */
  public record Limits(int threads, int workQueue, int timeoutSeconds) {}
}
