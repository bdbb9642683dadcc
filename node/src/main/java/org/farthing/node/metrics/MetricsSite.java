package org.farthing.node.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.http.OpenSite;

/** {@code /metrics}, {@code /livez} and {@code /readyz}. */
public final class MetricsSite implements OpenSite {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final String DOWNLOADING = "initial-download=ok";

  private final NodeMetrics metrics;
  private final Health health;
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  public MetricsSite(NodeMetrics metrics, MetricsSource source) {
    this.metrics = metrics;
    this.health = new Health(source);
  }

  @Override
  public boolean serves(String uri) {
    return true;
  }

  @Override
  public Reply answer(String uri, byte[] body) {
    int mark = uri.indexOf('?');
    String query = mark < 0 ? "" : uri.substring(mark + 1);
    return switch (mark < 0 ? uri : uri.substring(0, mark)) {
      case "/metrics" -> scrape();
      case "/livez" -> health.live();
      case "/readyz" -> health.ready(query.equals(DOWNLOADING));
      default -> Reply.of(NOT_FOUND, Reply.Content.uncached("text/plain"), new byte[0]);
    };
  }

  private Reply scrape() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, metrics.snapshot());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Reply.of(OK, Reply.Content.uncached(writer.getContentType()), out.toByteArray());
  }
}
