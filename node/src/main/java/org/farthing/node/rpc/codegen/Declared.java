package org.farthing.node.rpc.codegen;

import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.rpc.RpcMethods;
import org.farthing.node.rpc.RpcPorts;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.time.Scheduler;

/**
 * The methods of a node that does not exist: they can say what they are, and do nothing. Behind
 * their ports stands nobody.
 */
final class Declared {
  /** What methods ask their ports for when they are made, by the type of the answer. */
  private static final Map<Class<?>, Object> KNOWN =
      Map.of(ConsensusParams.class, ConsensusParams.regtest());

  private Declared() {}

  /** All methods, also those of wallets. */
  static List<RpcMethod> methods() {
    return RpcMethods.all((RpcPorts) record(RpcPorts.class));
  }

  private static Object record(Class<?> type) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Object[] values = Arrays.stream(types).map(Declared::stand).toArray();
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the methods cannot be made without a node", e);
    }
  }

  private static Object stand(Class<?> type) {
    if (type == NodeCalls.class) {
      return new NodeCalls((Scheduler) stand(Scheduler.class));
    }
    if (type.isRecord()) {
      return record(type);
    }
    if (!type.isInterface()) {
      return null;
    }
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          Object known = KNOWN.get(method.getReturnType());
          if (known != null) {
            return known;
          }
          if (method.getReturnType().isInterface()) {
            return stand(method.getReturnType());
          }
          throw new UnsupportedOperationException(method + " needs a node");
        });
  }
}
