package org.farthing.client.json;

import com.fasterxml.jackson.databind.JsonNode;

/** A value that knows its own JSON. */
@FunctionalInterface
public interface JsonSource {
  /** As it is now. */
  JsonNode toJson();
}
