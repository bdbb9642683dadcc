package org.farthing.node.rpc.rest;

/** An answer that is an error: HTTP's status code, and Bitcoin Core's text. */
final class RestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int INTERNAL_SERVER_ERROR = 500;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final int status;

  private RestException(int status, String message) {
    super(message);
    this.status = status;
  }

  static RestException badRequest(String message) {
    return new RestException(BAD_REQUEST, message);
  }

  static RestException notFound(String message) {
    return new RestException(NOT_FOUND, message);
  }

  static RestException internal(String message) {
    return new RestException(INTERNAL_SERVER_ERROR, message);
  }

  static RestException unavailable(String message) {
    return new RestException(SERVICE_UNAVAILABLE, message);
  }

  int status() {
    return status;
  }
}
