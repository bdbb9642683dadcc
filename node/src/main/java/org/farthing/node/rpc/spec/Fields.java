package org.farthing.node.rpc.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;

/** An object among the parameters, whose fields are declared as parameters are. */
public final class Fields {
  private final JsonNode object;

  private Fields(JsonNode object) {
    this.object = object;
  }

  /**
   * Checks which fields are there, and their types. JSON's null is as good as no field.
   *
   * @param strict refuse fields that are not declared
   * @throws RpcException in Bitcoin Core's words (-3)
   */
  public static Fields of(JsonNode object, List<Param<?>> declared, boolean strict) {
    Read.expect(object, ParamType.OBJECT);
    for (Param<?> field : declared) {
      JsonNode value = value(object, field);
      if (value == null) {
        if (!field.optional()) {
          throw RpcException.typeError("Missing " + field.name());
        }
      } else {
        field
            .type()
            .mismatch(field.name(), value)
            .ifPresent(
                mismatch -> {
                  throw RpcException.typeError(mismatch);
                });
      }
    }
    if (strict) {
      refuseOthers(object, declared);
    }
    return new Fields(object);
  }

  /** An object without any fields, where the caller gave no object. */
  public static Fields none() {
    return new Fields(Json.object());
  }

  private static void refuseOthers(JsonNode object, List<Param<?>> declared) {
    object
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (declared.stream().noneMatch(field -> field.names().contains(key))) {
                throw RpcException.typeError("Unexpected key " + key);
              }
            });
  }

  private static JsonNode value(JsonNode object, Param<?> field) {
    for (String name : field.names()) {
      JsonNode value = object.get(name);
      if (value != null && !value.isNull()) {
        return value;
      }
    }
    return null;
  }

  /** The value of a field that is required or has a default. */
  public <T> T get(Param<T> field) {
    return find(field)
        .orElseThrow(
            () -> new NoSuchElementException(field.name() + " has neither value nor default"));
  }

  /** The value of a field, if one was given or has a default. */
  public <T> Optional<T> find(Param<T> field) {
    return field.read(value(object, field));
  }

  /** Whether the caller gave the field, whatever its default. */
  public boolean has(Param<?> field) {
    return value(object, field) != null;
  }

  /** The object as it was given. */
  public JsonNode json() {
    return object;
  }
}
