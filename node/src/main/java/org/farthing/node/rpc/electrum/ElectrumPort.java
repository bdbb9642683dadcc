package org.farthing.node.rpc.electrum;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.error.RpcException;

/** What the server needs of the node. Any thread may call it. */
public interface ElectrumPort {
  ChainSnapshot chain();

  MempoolSnapshot mempool();

  /**
   * The transactions of the active chain that pay to a script or spend from it, in the chain's
   * order, each once.
   *
   * @param most if there are more, some more than that are returned, and not all
   */
  List<Confirmed> history(ScriptHash script, int most);

  /** The outputs with a script that no transaction of the active chain spends, older ones first. */
  List<Unspent> coins(ScriptHash script);

  /** The value of {@link #coins}, in satoshis. */
  long balanceSat(ScriptHash script);

  /**
   * Calls one of the node's RPC methods.
   *
   * @throws RpcException what the method answers, if it is an error
   */
  JsonNode call(String method, Object... params);

  /** A transaction in a block of the active chain. */
  record Confirmed(Txid txid, int height) {}

  /**
   * @param height of the block that made it
   */
  record Unspent(OutPoint outPoint, long valueSat, int height) {}
}
