package org.farthing.node.rpc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.store.RocksIndexStore;
import org.farthing.node.events.EventKind;
import org.farthing.node.events.EventLog;
import org.farthing.node.events.EventRecorder;
import org.farthing.node.events.Retention;
import org.farthing.node.rpc.event.EventFilter;
import org.farthing.node.rpc.event.EventQuery;
import org.farthing.node.rpc.json.Json;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one reader gets, and how much of it waits for a slow one. */
@Timeout(60)
class EventStreamTest {
  private static final EventFilter ALL = new EventFilter(EnumSet.allOf(EventKind.class), Set.of());

  private final ChainBuilder builder = ChainBuilder.regtest();
  private EventLog log;
  private EmbeddedChannel channel;

  @AfterEach
  void close() {
    if (channel != null) {
      channel.finishAndReleaseAll();
    }
    log.close();
    builder.close();
  }

  private void open(Retention retention) {
    EventRecorder recorder =
        EventRecorder.start(
            layout -> RocksIndexStore.inMemory(layout, builder.params()),
            retention,
            new EventRecorder.Subject(
                builder.chain().snapshot(), List.of(), () -> (CoinView) builder::coin),
            new EventRecorder.Means(
                () -> 0,
                new Random(1),
                failure -> {
                  throw new AssertionError(failure);
                }));
    builder.chain().addListener(recorder::chainChanged);
    log = recorder.log();
  }

  private void mine(int blocks) {
    long next = log.state().next() + blocks;
    builder.mine(blocks);
    await().until(() -> log.state().next() == next);
  }

  private void read(long from, EventFilter filter) {
    EventStream stream = new EventStream(log, EventForm.WEB_SOCKET, new EventQuery(from, filter));
    channel = new EmbeddedChannel(stream);
    stream.begin(channel.pipeline().context(stream));
  }

  /** The messages that have been written since the last time. */
  private List<JsonNode> written() throws IOException {
    channel.runPendingTasks();
    List<JsonNode> messages = new ArrayList<>();
    while (channel.outboundMessages().peek() instanceof TextWebSocketFrame) {
      TextWebSocketFrame frame = channel.readOutbound();
      messages.add(Json.parse(frame.text().getBytes(StandardCharsets.UTF_8)));
      frame.release();
    }
    return messages;
  }

  private void setWritable(boolean writable) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
    channel.runPendingTasks();
  }

  private static String cursor(JsonNode message) {
    return message.get("cursor").asText().substring(17);
  }

  @Test
  void aSlowReaderHasNoQueue() throws IOException {
    open(new Retention(1L << 30, Long.MAX_VALUE));
    mine(1_000);
    read(1, ALL);
    setWritable(false);
    List<JsonNode> first = new ArrayList<>(written());
    await().during(Duration.ofMillis(200)).untilAsserted(() -> first.addAll(written()));
    // What was being read when the connection was full still comes: a page at most.
    assertThat(first.size()).isLessThanOrEqualTo(101);
    setWritable(true);
    await().until(() -> first.addAll(written()) && first.size() == 1_001);
    assertThat(first.get(0).get("type").asText()).isEqualTo("open");
    for (int i = 1; i <= 1_000; i++) {
      assertThat(cursor(first.get(i))).isEqualTo(Integer.toString(i));
    }
    mine(1);
    await().until(() -> first.addAll(written()));
    assertThat(cursor(first.get(1_001))).isEqualTo("1001");
  }

  @Test
  void whoFallsBehindWhatIsKeptIsToldSo() throws IOException {
    open(new Retention(5_000, Long.MAX_VALUE));
    mine(10);
    read(1, ALL);
    List<JsonNode> messages = new ArrayList<>();
    await().until(() -> messages.addAll(written()) && messages.size() == 11);
    setWritable(false);
    mine(200);
    await().until(() -> log.state().first() > 12);
    setWritable(true);
    await().until(() -> messages.addAll(written()));
    assertThat(messages.get(11).get("error").asText()).isEqualTo("too-old");
    CloseWebSocketFrame end = channel.readOutbound();
    assertThat(end.statusCode()).isEqualTo(4410);
    end.release();
  }

  @Test
  void signsOfLifeCarryTheCursorAlsoWhereNothingIsWanted() throws IOException {
    open(new Retention(1L << 30, Long.MAX_VALUE));
    read(1, new EventFilter(Set.of(EventKind.TX_ADDED), Set.of()));
    mine(7);
    List<JsonNode> messages = new ArrayList<>(written());
    await()
        .until(
            () -> {
              channel.pipeline().fireUserEventTriggered(IdleStateEvent.ALL_IDLE_STATE_EVENT);
              messages.addAll(written());
              return cursor(messages.get(messages.size() - 1)).equals("7");
            });
    assertThat(messages.subList(1, messages.size()))
        .allMatch(message -> message.get("type").asText().equals("heartbeat"));
  }

  @Test
  void whoTakesNothingForAMinuteIsLetGo() throws IOException {
    open(new Retention(1L << 30, Long.MAX_VALUE));
    read(1, ALL);
    assertThat(written()).hasSize(1);
    setWritable(false);
    for (int i = 0; i < 3; i++) {
      channel.pipeline().fireUserEventTriggered(IdleStateEvent.ALL_IDLE_STATE_EVENT);
    }
    assertThat(channel.isOpen()).isTrue();
    channel.pipeline().fireUserEventTriggered(IdleStateEvent.ALL_IDLE_STATE_EVENT);
    assertThat(channel.isOpen()).isFalse();
    assertThat(written()).isEmpty();
  }
}
