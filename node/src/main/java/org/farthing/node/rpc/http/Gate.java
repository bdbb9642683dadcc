package org.farthing.node.rpc.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.SocketAddress;
import java.util.Arrays;
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

  private static final String WEB_SOCKET_CREDENTIALS = "basic.";

  private final Authenticator authenticator;
  private final Sites sites;

  Gate(Authenticator authenticator, Sites sites) {
    this.authenticator = authenticator;
    this.sites = sites;
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
    Optional<EventSite> events = sites.events().filter(site -> site.serves(path(request)));
    if (events.isPresent()) {
      return subscribe(events.get(), request, peer, account);
    }
    if (!METHODS.contains(request.method())) {
      return refusal(HttpResponseStatus.METHOD_NOT_ALLOWED, "");
    }
    if (sites.open().filter(site -> site.serves(request.uri())).isPresent()) {
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
    Optional<String> header =
        Optional.ofNullable(request.headers().get(HttpHeaderNames.AUTHORIZATION));
    Optional<String> user = header.flatMap(authenticator::user);
    if (user.isPresent()) {
      Caller caller = new Caller(user.get(), wallet(path));
      return new Exchange.Call(caller, new Body(account, Body.MAX_BYTES));
    }
    return unauthorized(header, peer);
  }

  private Exchange.Content subscribe(
      EventSite site, HttpRequest request, SocketAddress peer, Budget.Account account) {
    if (!site.isWelcome(request.headers())) {
      return refusal(
          HttpResponseStatus.FORBIDDEN, "This origin is not welcome: see --events-origin");
    }
    if (request.method().equals(HttpMethod.OPTIONS)) {
      return new Exchange.Refusal(EventUpgrade.preflight(request.headers()), 0);
    }
    if (!request.method().equals(HttpMethod.GET)) {
      return refusal(HttpResponseStatus.METHOD_NOT_ALLOWED, "");
    }
    Optional<String> credentials = credentials(request);
    Optional<String> user = credentials.flatMap(authenticator::user);
    if (user.isEmpty()) {
      return unauthorized(credentials, peer);
    }
    return site.allows(user.get())
        ? new Exchange.Subscription(request, new Body(account, 0))
        : refusal(HttpResponseStatus.FORBIDDEN, "");
  }

  /** A page in a browser has no other way to send some than the name of a protocol. */
  private static Optional<String> credentials(HttpRequest request) {
    String header = request.headers().get(HttpHeaderNames.AUTHORIZATION);
    if (header != null || !EventUpgrade.isWebSocket(request.headers())) {
      return Optional.ofNullable(header);
    }
    return request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip)
        .filter(protocol -> protocol.startsWith(WEB_SOCKET_CREDENTIALS))
        .map(protocol -> protocol.substring(WEB_SOCKET_CREDENTIALS.length()))
        .map(text -> Authenticator.SCHEME + text.replace('-', '+').replace('_', '/'))
        .findFirst();
  }

  private static Exchange.Refusal unauthorized(Optional<String> header, SocketAddress peer) {
    FullHttpResponse response = Answers.text(HttpResponseStatus.UNAUTHORIZED, "");
    response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE);
    if (header.isEmpty()) {
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
