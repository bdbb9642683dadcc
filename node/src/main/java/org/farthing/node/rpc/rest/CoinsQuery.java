package org.farthing.node.rpc.rest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Txid;

/**
 * Which outputs are asked for.
 *
 * @param withMempool as if everything that waits were confirmed
 */
record CoinsQuery(boolean withMempool, List<OutPoint> outPoints) {
  private static final int MAX_OUTPOINTS = 15;
  private static final long MAX_INDEX = 0xffffffffL;
  private static final String WITH_MEMPOOL = "checkmempool";

  CoinsQuery {
    outPoints = List.copyOf(outPoints);
  }

  /**
   * @throws RestException if it is none, in Bitcoin Core's words
   */
  static CoinsQuery of(RestRequest request) {
    // Whatever stands between the resource's name and its outputs, as in Bitcoin Core.
    String path = request.path();
    boolean byPath = path.length() > 1;
    if (!byPath && request.body().length == 0) {
      throw empty();
    }
    CoinsQuery named =
        byPath ? ofPath(path.substring(1).split("/", -1)) : new CoinsQuery(false, List.of());
    CoinsQuery query =
        switch (request.format()) {
          case BIN -> withBody(named, request.body());
          case HEX -> withBody(named, unhex(request.body()));
          case JSON -> {
            if (!byPath) {
              throw empty();
            }
            yield named;
          }
          case NONE -> named;
        };
    if (request.format() != RestFormat.NONE && query.outPoints.size() > MAX_OUTPOINTS) {
      throw RestException.badRequest(
          "Error: max outpoints exceeded (max: %d, tried: %d)"
              .formatted(MAX_OUTPOINTS, query.outPoints.size()));
    }
    return query;
  }

  private static CoinsQuery ofPath(String[] parts) {
    boolean withMempool = parts[0].equals(WITH_MEMPOOL);
    List<OutPoint> outPoints = new ArrayList<>();
    for (int i = withMempool ? 1 : 0; i < parts.length; i++) {
      outPoints.add(outPoint(parts[i]));
    }
    if (outPoints.isEmpty()) {
      throw empty();
    }
    return new CoinsQuery(withMempool, outPoints);
  }

  private static OutPoint outPoint(String text) {
    String[] parts = text.split("-", -1);
    if (parts.length != 2) {
      throw unreadable();
    }
    OptionalLong index = RestRequest.unsigned(parts[1]);
    if (index.isEmpty() || index.getAsLong() > MAX_INDEX) {
      throw unreadable();
    }
    try {
      return new OutPoint(Txid.parse(parts[0]), (int) index.getAsLong());
    } catch (DecodeException e) {
      throw unreadable();
    }
  }

  private static CoinsQuery withBody(CoinsQuery named, byte[] body) {
    if (body.length == 0) {
      return named;
    }
    if (!named.outPoints.isEmpty()) {
      throw RestException.badRequest(
          "Combination of URI scheme inputs and raw post data is not allowed");
    }
    try {
      ByteReader in = new ByteReader(body);
      boolean withMempool = in.uint8() != 0;
      return new CoinsQuery(withMempool, in.list(in.count(OutPoint.SIZE), OutPoint::read));
    } catch (DecodeException e) {
      throw unreadable();
    }
  }

  /** What is no hex counts as nothing. */
  private static byte[] unhex(byte[] text) {
    try {
      return Hex.decode(new String(text, StandardCharsets.US_ASCII).strip());
    } catch (DecodeException e) {
      return new byte[0];
    }
  }

  private static RestException empty() {
    return RestException.badRequest("Error: empty request");
  }

  private static RestException unreadable() {
    return RestException.badRequest("Parse error");
  }
}
