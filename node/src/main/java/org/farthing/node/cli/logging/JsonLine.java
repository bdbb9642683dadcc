package org.farthing.node.cli.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.farthing.node.config.LogCategory;
import org.farthing.node.rpc.json.Json;

/**
 * A line for programs: one JSON object with {@code time}, {@code level}, {@code category} where
 * there is one, {@code logger}, {@code thread}, {@code message}, and {@code exception} with its
 * stack where there is one.
 */
final class JsonLine extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  @Override
  public String doLayout(ILoggingEvent event) {
    ObjectNode json = Json.object();
    json.put("time", TIME.format(event.getInstant()));
    json.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    LogDetails.categoryOf(event.getLoggerName())
        .map(LogCategory::label)
        .ifPresent(label -> json.put("category", label));
    json.put("logger", event.getLoggerName());
    json.put("thread", event.getThreadName());
    json.put("message", event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      json.put("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return new String(Json.bytes(json), StandardCharsets.UTF_8) + "\n";
  }
}
