package org.farthing.node.rpc.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** Methods for tests of the frame: they have no node. */
public final class TestMethods {
  private static final Param<String> TEXT = Param.text("text", "any text");
  private static final Param<Integer> NUMBER = Param.integer("number", "any number").or(7);
  private static final Param<String> TO = Param.text("to", "any text");
  private static final Param<Long> FEE_RATE =
      Param.number("fee_rate", "any number").alias("feerate").orNothing();
  private static final Param<Fields> OPTIONS = Param.options("options", "", FEE_RATE).orNothing();
  private static final Param<Long> AMOUNT = Param.amount("amount", "coins").orNothing();

  private TestMethods() {}

  /** A method of one line. */
  public record Simple(MethodSpec spec, Function<RpcRequest, JsonNode> body) implements RpcMethod {
    @Override
    public JsonNode call(RpcRequest request) {
      return body.apply(request);
    }
  }

  public static RpcMethod of(String name, Function<RpcRequest, JsonNode> body, Param<?>... params) {
    return new Simple(
        MethodSpec.of(name, Category.UTIL, "For tests.").takes(params).returns(Result.any("", "")),
        body);
  }

  /** A method that may wait for long. */
  public static RpcMethod waiting(String name, Function<RpcRequest, JsonNode> body) {
    RpcMethod method = of(name, body);
    return new RpcMethod() {
      @Override
      public MethodSpec spec() {
        return method.spec();
      }

      @Override
      public Pace pace(RpcRequest request) {
        return Pace.WAITING;
      }

      @Override
      public JsonNode call(RpcRequest request) {
        return method.call(request);
      }
    };
  }

  /** Gives back its parameters: text, number, and the amount in satoshis. */
  public static RpcMethod echo() {
    return of(
        "echo",
        request ->
            Json.object()
                .put("text", request.get(TEXT))
                .put("number", request.get(NUMBER))
                .put("sat", request.find(AMOUNT).orElse(-1L)),
        TEXT,
        NUMBER,
        AMOUNT);
  }

  /** Gives back its parameters, of which one has fields. */
  public static RpcMethod pay() {
    return of(
        "pay",
        request -> {
          ObjectNode json = Json.object().put("to", request.get(TO));
          ObjectNode options = json.putObject("options");
          request
              .find(OPTIONS)
              .flatMap(given -> given.find(FEE_RATE))
              .ifPresent(rate -> options.put("fee_rate", rate));
          return json;
        },
        TO,
        OPTIONS);
  }

  /** Fails as methods fail. */
  public static RpcMethod refuse() {
    return of(
        "refuse",
        request -> {
          throw RpcException.invalidParameter("no");
        });
  }

  /** Fails as no method should. */
  public static RpcMethod broken() {
    return of(
        "broken",
        request -> {
          throw new IllegalStateException("a bug");
        });
  }

  /** The name of the wallet in the path. */
  public static RpcMethod wallet() {
    return of("wallet", request -> Json.text(request.caller().wallet().orElse("none")));
  }
}
