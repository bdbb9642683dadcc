package org.farthing.node.cli.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.farthing.node.cli.client.RpcEndpoint;
import org.farthing.node.cli.outcome.CliException;

/**
 * Clients that each call a node over a connection of their own, the next call as soon as the answer
 * to the last is read. Plain sockets: the JDK's HTTP clients would need more of the processor than
 * the node that is measured.
 */
final class RpcLoad {
  private static final int BUFFER = 1 << 16;

  /** How an answer begins that has a result, whoever gives it. */
  private static final byte[] RESULT =
      "{\"jsonrpc\":\"2.0\",\"result\":".getBytes(StandardCharsets.US_ASCII);

  private final RpcEndpoint endpoint;
  private final int clients;

  RpcLoad(RpcEndpoint endpoint, int clients) {
    this.endpoint = endpoint;
    this.clients = clients;
  }

  /**
   * A call as it is sent.
   *
   * @param parameters in JSON, with commas between them
   */
  static String request(String method, String parameters) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}"
        .formatted(method, parameters);
  }

  /** What came of it. */
  static final class Outcome {
    private final long[] nanos;
    private final double seconds;

    /**
     * @param nanos of each call, ascending
     * @param seconds that all calls took together
     */
    Outcome(long[] nanos, double seconds) {
      this.nanos = nanos;
      this.seconds = seconds;
    }

    int calls() {
      return nanos.length;
    }

    double seconds() {
      return seconds;
    }

    double callsInSecond() {
      return nanos.length / seconds;
    }

    /** What came of several, one after the other. */
    static Outcome together(List<Outcome> several) {
      return new Outcome(
          several.stream().flatMapToLong(each -> Arrays.stream(each.nanos)).sorted().toArray(),
          several.stream().mapToDouble(each -> each.seconds).sum());
    }

    /** The time in milliseconds that the given share of the calls did not exceed. */
    double millis(double share) {
      int rank = (int) Math.ceil(share * nanos.length);
      return nanos[Math.max(0, rank - 1)] / 1e6;
    }
  }

  /**
   * Calls for some time, each client the given requests in a random order of its own.
   *
   * @param requests JSON-RPC 2.0
   * @throws CliException if a call fails
   */
  Outcome run(List<String> requests, Duration time) throws CliException, InterruptedException {
    String head = head();
    List<byte[]> messages = requests.stream().map(body -> message(head, body)).toList();
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    try {
      long begin = System.nanoTime();
      List<Future<long[]>> running = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        Random random = new Random(client);
        Iterator<byte[]> untilEnd =
            random
                .ints(0, messages.size())
                .mapToObj(messages::get)
                .takeWhile(message -> System.nanoTime() - begin < time.toNanos())
                .iterator();
        running.add(pool.submit(() -> call(untilEnd)));
      }
      LongStream all = LongStream.empty();
      for (Future<long[]> one : running) {
        all = LongStream.concat(all, Arrays.stream(one.get()));
      }
      return new Outcome(all.sorted().toArray(), (System.nanoTime() - begin) / 1e9);
    } catch (ExecutionException e) {
      throw CliException.failed("a call of the benchmark failed: " + e.getCause().getMessage());
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * Calls each request once, in their order, over one connection.
   *
   * @throws CliException if a call fails
   */
  Outcome inOrder(List<String> requests) throws CliException {
    String head = head();
    long begin = System.nanoTime();
    try {
      long[] nanos = call(requests.stream().map(body -> message(head, body)).iterator());
      Arrays.sort(nanos);
      return new Outcome(nanos, (System.nanoTime() - begin) / 1e9);
    } catch (IOException e) {
      throw CliException.failed("a call of the benchmark failed: " + e.getMessage());
    }
  }

  private String head() {
    return "POST / HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nContent-Type: application/json\r\n"
        .formatted(endpoint, endpoint.authorization().orElse(""));
  }

  private static byte[] message(String head, String body) {
    return (head + "Content-Length: " + body.length() + "\r\n\r\n" + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** One call after the other, over one connection; the nanoseconds of each. */
  private long[] call(Iterator<byte[]> messages) throws IOException {
    LongStream.Builder nanos = LongStream.builder();
    try (Socket socket = new Socket(endpoint.host(), endpoint.port())) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
      while (messages.hasNext()) {
        byte[] message = messages.next();
        long begin = System.nanoTime();
        socket.getOutputStream().write(message);
        readAnswer(in);
        nanos.add(System.nanoTime() - begin);
      }
    }
    return nanos.build().toArray();
  }

  private static void readAnswer(InputStream in) throws IOException {
    String status = readLine(in);
    long length = -1;
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException("it was answered with " + status);
    }
    if (length >= 0) {
      expectResult(in, length);
    } else {
      readChunks(in);
    }
  }

  private static void readChunks(InputStream in) throws IOException {
    boolean first = true;
    for (long size = chunkSize(in); size > 0; size = chunkSize(in)) {
      if (first) {
        expectResult(in, size);
      } else {
        in.skipNBytes(size);
      }
      first = false;
      readLine(in);
    }
    readLine(in);
  }

  private static long chunkSize(InputStream in) throws IOException {
    return Long.parseLong(readLine(in).split(";", 2)[0].strip(), 16);
  }

  private static void expectResult(InputStream in, long length) throws IOException {
    byte[] begin = in.readNBytes((int) Math.min(length, RESULT.length));
    if (!Arrays.equals(begin, RESULT)) {
      throw new IOException("it was refused");
    }
    in.skipNBytes(length - begin.length);
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the node closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
