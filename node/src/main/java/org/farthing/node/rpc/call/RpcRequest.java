package org.farthing.node.rpc.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;

/** One call of one method: its parameters by position, and who calls. */
public final class RpcRequest {
  private final MethodSpec spec;
  private final List<JsonNode> params;
  private final Caller caller;

  RpcRequest(MethodSpec spec, List<JsonNode> params, Caller caller) {
    this.spec = spec;
    this.params = params;
    this.caller = caller;
  }

  /** The value of a parameter that is required or has a default. */
  public <T> T get(Param<T> param) {
    return find(param)
        .orElseThrow(
            () -> new NoSuchElementException(param.name() + " has neither value nor default"));
  }

  /** The value of a parameter, if one was given or has a default. */
  public <T> Optional<T> find(Param<T> param) {
    int index = spec.indexOf(param);
    return param.read(index < params.size() ? params.get(index) : null);
  }

  /** True where the caller gave the parameter, whatever its default. */
  public boolean has(Param<?> param) {
    int index = spec.indexOf(param);
    return index < params.size() && !params.get(index).isNull();
  }

  /** All values as they were given, by position. */
  public List<JsonNode> params() {
    return List.copyOf(params);
  }

  public Caller caller() {
    return caller;
  }
}
