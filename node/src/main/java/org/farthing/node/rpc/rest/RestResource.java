package org.farthing.node.rpc.rest;

import org.farthing.node.rpc.call.Reply;

/** What answers requests below one prefix. Called on any of several threads. */
@FunctionalInterface
interface RestResource {
  /**
   * @throws RestException the answer, if it is an error
   */
  Reply get(RestRequest request);
}
