package org.farthing.node.rpc.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.util.function.Supplier;

/** A value that is made when it is written, and not kept. */
record Later(Supplier<? extends JsonNode> value) implements JsonSerializable {
  @Override
  public void serialize(JsonGenerator out, SerializerProvider provider) throws IOException {
    provider.defaultSerializeValue(value.get(), out);
  }

  @Override
  public void serializeWithType(JsonGenerator out, SerializerProvider provider, TypeSerializer type)
      throws IOException {
    serialize(out, provider);
  }
}
