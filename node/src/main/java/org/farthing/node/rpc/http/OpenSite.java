package org.farthing.node.rpc.http;

import org.farthing.node.rpc.call.Reply;

/** Answers requests of some paths, whoever sends them: no credentials are asked for. */
public interface OpenSite {
  /** Whether the request is this site's. */
  boolean serves(String uri);

  /**
   * May take its time; on any of several threads.
   *
   * @param uri of the request, with its query
   */
  Reply answer(String uri, byte[] body);
}
