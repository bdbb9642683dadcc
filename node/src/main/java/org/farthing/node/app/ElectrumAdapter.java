package org.farthing.node.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.column.Order;
import org.farthing.consensus.index.AddressCoin;
import org.farthing.consensus.index.AddressEvent;
import org.farthing.consensus.index.AddressIndex;
import org.farthing.consensus.index.ScriptKey;
import org.farthing.node.indexes.IndexKind;
import org.farthing.node.indexes.RunningIndex;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.RpcPorts;
import org.farthing.node.rpc.call.Caller;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.electrum.ElectrumPort;
import org.farthing.node.rpc.electrum.ScriptHash;

/** The node, as Electrum clients see it: its address index and its methods. */
final class ElectrumAdapter implements ElectrumPort {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 10_000;
  private static final int MOST_COINS = 100_000;

  private final RpcPorts node;
  private final MethodTable methods;
  private final RunningIndex addresses;

  ElectrumAdapter(RpcPorts node, MethodTable methods) {
    this.node = node;
    this.methods = methods;
    this.addresses = node.indexes().find(IndexKind.ADDRESSES).orElseThrow();
  }

  @Override
  public ChainSnapshot chain() {
    return node.chain().snapshot();
  }

  @Override
  public MempoolSnapshot mempool() {
    return node.mempool().snapshot();
  }

  /** The index as of the tip, but while it is made. */
  private AddressIndex index() {
    addresses.awaitTip();
    return new AddressIndex(addresses.rows());
  }

  @Override
  public List<Confirmed> history(ScriptHash script, int most) {
    AddressIndex index = index();
    ScriptKey key = ScriptKey.ofHash(script.toByteArray());
    Set<Confirmed> found = new LinkedHashSet<>();
    AddressEvent.Place from = AddressEvent.Place.FIRST;
    List<AddressEvent> page;
    do {
      page = index.history(key, from, AddressEvent.Place.LAST, Order.ASCENDING, PAGE);
      for (AddressEvent event : page) {
        found.add(new Confirmed(event.txid(), event.place().height()));
        from = event.place().next();
      }
    } while (page.size() == PAGE && found.size() <= most);
    return List.copyOf(found);
  }

  @Override
  public List<Unspent> coins(ScriptHash script) {
    ScriptKey key = ScriptKey.ofHash(script.toByteArray());
    return index().coins(key, AddressCoin.Place.FIRST, MOST_COINS).stream()
        .map(coin -> new Unspent(coin.place().outPoint(), coin.valueSat(), coin.place().height()))
        .toList();
  }

  @Override
  public long balanceSat(ScriptHash script) {
    return index().totals(ScriptKey.ofHash(script.toByteArray())).balanceSat();
  }

  @Override
  public JsonNode call(String method, Object... params) {
    Caller caller = new Caller("electrum", Optional.empty());
    JsonNode answer = methods.execute(method, JSON.valueToTree(params), caller);
    caller.answered();
    return answer;
  }
}
