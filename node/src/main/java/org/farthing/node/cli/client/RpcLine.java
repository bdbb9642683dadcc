package org.farthing.node.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.farthing.node.cli.outcome.CliException;

/** The way of a call to what answers it. */
@FunctionalInterface
public interface RpcLine {
  /**
   * @param request JSON-RPC
   * @param wallet which wallet it is about
   * @return the answer
   * @throws CliException if there is none
   */
  JsonNode exchange(byte[] request, Optional<String> wallet) throws CliException;
}
