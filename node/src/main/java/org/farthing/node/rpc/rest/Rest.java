package org.farthing.node.rpc.rest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.farthing.node.rpc.RpcPorts;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.http.OpenSite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything below {@code /rest/}. Until the node is ready it answers 503 with the stage of the
 * start.
 */
public final class Rest implements OpenSite {
  private static final Logger LOG = LoggerFactory.getLogger(Rest.class);

  private static final String ROOT = "/rest";
  private static final int NOT_FOUND = 404;
  private static final Reply.Content TEXT = Reply.Content.uncached("text/plain");

  private volatile String warmup = "";
  private volatile Map<String, RestResource> resources;

  /** What callers are told until {@link #ready}. */
  public void warmup(String stage) {
    warmup = stage;
  }

  /** Requests are answered from now on. */
  public void ready(RpcPorts ports, MethodTable methods) {
    resources = table(ports, methods);
  }

  /** By prefix; of those that fit, the first. */
  private static Map<String, RestResource> table(RpcPorts ports, MethodTable methods) {
    BlockResource blocks = new BlockResource(ports.chain());
    FilterResource filters = new FilterResource(ports.chain(), ports.indexes());
    MethodResources results = new MethodResources(methods, ports.chain());
    Map<String, RestResource> table = new LinkedHashMap<>();
    table.put("/tx/", new TxResource(ports.chain(), ports.mempool(), ports.indexes()));
    table.put("/block/notxdetails/", blocks::withoutTransactions);
    table.put("/block/", blocks::whole);
    table.put("/blockpart/", blocks::part);
    table.put("/blockfilter/", filters::filter);
    table.put("/blockfilterheaders/", filters::headers);
    table.put("/chaininfo", results::chainInfo);
    table.put("/mempool/", results::mempool);
    table.put("/headers/", new HeadersResource(ports.chain()));
    table.put("/getutxos", new CoinsResource(ports.chain(), ports.mempool(), ports.calls()));
    table.put("/deploymentinfo/", results::deploymentInfo);
    table.put("/deploymentinfo", results::deploymentInfo);
    table.put("/blockhashbyheight/", new BlockHashResource(ports.chain()));
    table.put("/spenttxouts/", new SpentOutputsResource(ports.chain()));
    return table;
  }

  @Override
  public boolean serves(String uri) {
    return uri.startsWith(ROOT);
  }

  @Override
  public Reply answer(String uri, byte[] body) {
    try {
      return find(uri.substring(ROOT.length()), body);
    } catch (RestException e) {
      return error(e.status(), e.getMessage());
    } catch (RpcException e) {
      return error(RestException.internal("").status(), e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("REST {} failed", uri, e);
      return error(RestException.internal("").status(), "Internal error: " + e);
    }
  }

  private Reply find(String path, byte[] body) {
    Map<String, RestResource> table = resources;
    if (table == null) {
      throw RestException.unavailable("Service temporarily unavailable: " + warmup);
    }
    for (Map.Entry<String, RestResource> entry : table.entrySet()) {
      if (path.startsWith(entry.getKey())) {
        return entry.getValue().get(new RestRequest(path, entry.getKey(), body));
      }
    }
    return Reply.of(NOT_FOUND, TEXT, new byte[0]);
  }

  private static Reply error(int status, String message) {
    return Reply.of(status, TEXT, (message + "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
