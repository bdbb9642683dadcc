package org.farthing.node.rpc.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.Set;
import org.farthing.node.rpc.call.Budget;
import org.farthing.node.rpc.call.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the head of each request, before any of its body is kept: path, method, credentials. So
 * nobody without a password can make the node hold more than a little.
 */
final class Gate {
  /** What anybody may make the node hold. */
  static final int MAX_OPEN_BODY_BYTES = Budget.FREE_BYTES;

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private static final String WALLET_PREFIX = "/wallet/";
  private static final Set<HttpMethod> METHODS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT);
  private static final String CHALLENGE = "Basic realm=\"jsonrpc\"";

  /** Slows down who guesses passwords. */
  private static final long WRONG_PASSWORD_DELAY_MILLIS = 250;

  private final Authenticator authenticator;
  private final Optional<OpenSite> site;

  Gate(Authenticator authenticator, Optional<OpenSite> site) {
    this.authenticator = authenticator;
    this.site = site;
  }

  /**
   * What is asked for, with a body that is yet to come, or why it cannot be had.
   *
   * @param account of the body
   */
  Exchange.Content admit(HttpRequest request, SocketAddress peer, Budget.Account account) {
    if (request.decoderResult().isFailure()) {
      return refusal(HttpResponseStatus.BAD_REQUEST, "");
    }
    if (!METHODS.contains(request.method())) {
      return refusal(HttpResponseStatus.METHOD_NOT_ALLOWED, "");
    }
    if (site.isPresent() && site.get().serves(request.uri())) {
      return new Exchange.Page(request.uri(), new Body(account, MAX_OPEN_BODY_BYTES));
    }
    String path = path(request);
    if (!path.equals("/") && !path.startsWith(WALLET_PREFIX)) {
      return refusal(HttpResponseStatus.NOT_FOUND, "");
    }
    if (!request.method().equals(HttpMethod.POST)) {
      return refusal(
          HttpResponseStatus.METHOD_NOT_ALLOWED, "JSONRPC server handles only POST requests");
    }
    return authenticate(request, path, peer, account);
  }

  private Exchange.Content authenticate(
      HttpRequest request, String path, SocketAddress peer, Budget.Account account) {
    String header = request.headers().get(HttpHeaderNames.AUTHORIZATION);
    Optional<String> user = header == null ? Optional.empty() : authenticator.user(header);
    if (user.isPresent()) {
      Caller caller = new Caller(user.get(), wallet(path));
      return new Exchange.Call(caller, new Body(account, Body.MAX_BYTES));
    }
    FullHttpResponse response = Answers.text(HttpResponseStatus.UNAUTHORIZED, "");
    response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE);
    if (header == null) {
      return new Exchange.Refusal(response, 0);
    }
    LOG.warn("ThreadRPCServer incorrect password attempt from {}", Peers.text(peer));
    return new Exchange.Refusal(response, WRONG_PASSWORD_DELAY_MILLIS);
  }

  private static Exchange.Refusal refusal(HttpResponseStatus status, String text) {
    return new Exchange.Refusal(Answers.text(status, text), 0);
  }

  private static String path(HttpRequest request) {
    String uri = request.uri();
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private static Optional<String> wallet(String path) {
    return path.startsWith(WALLET_PREFIX)
        ? Optional.of(PercentDecoding.decode(path.substring(WALLET_PREFIX.length())))
        : Optional.empty();
  }
}
