package org.farthing.node.config;

import java.util.List;

/**
 * How programs talk to the node.
 *
 * @param bind the local address to listen on
 * @param port the TCP port to listen on; 0 lets the system choose
 * @param logins who may call, beside the holder of the cookie
 * @param cookie write a cookie file when the server starts
 * @param threads methods that run at the same time
 * @param workQueue calls that wait at most; further ones are refused with 503
 * @param timeoutSeconds how long a connection may be idle or a request incomplete
 */
public record RpcConfig(
    String bind,
    int port,
    List<RpcLogin> logins,
    boolean cookie,
    int threads,
    int workQueue,
    int timeoutSeconds) {
  public RpcConfig {
    logins = List.copyOf(logins);
  }
}
