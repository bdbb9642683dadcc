package org.farthing.node.i2p;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A SAM bridge (version 3.1) with a small I2P behind it: whoever has a session here can call all
 * others who have one.
 */
public final class FakeSam implements Closeable {
  private static final int KEYS_SIZE = 384;
  private static final int SECRETS_SIZE = 64;

  /** A certificate of four bytes: which kinds of keys stand before it. */
  private static final byte[] CERTIFICATE = {5, 0, 4, 0, 7, 0, 0};

  private static final String OK = "STREAM STATUS RESULT=OK";
  private static final long PATIENCE_SECONDS = 20;

  /** What it was asked, in order. */
  public final List<String> requests = new CopyOnWriteArrayList<>();

  private final Map<String, String> refusals = new ConcurrentHashMap<>();
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final List<Closeable> opened = new CopyOnWriteArrayList<>();
  private final Random random = new Random();
  private final ServerSocket server;

  private record Session(String destination, Socket control, BlockingQueue<Socket> waiting) {}

  public FakeSam() throws IOException {
    this(0);
  }

  /**
   * @param port to listen on; 0: any
   */
  public FakeSam(int port) throws IOException {
    server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    opened.add(server);
    start(this::accept);
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** Requests that begin so get this answer from now on. */
  public void answer(String request, String answer) {
    refusals.put(request, answer);
  }

  /** Answers as a bridge does again. */
  public void answerAll() {
    refusals.clear();
  }

  /** Those who wait for calls are told that something is wrong. */
  public void disturb() throws IOException {
    for (Session session : sessions.values()) {
      for (Socket socket : session.waiting()) {
        say(socket, "STREAM STATUS RESULT=I2P_ERROR MESSAGE=\"Session was closed\"");
      }
      session.waiting().clear();
    }
  }

  /** As when the router is started again. */
  public void forgetSessions() throws IOException {
    for (Session session : sessions.values()) {
      end(session);
    }
  }

  /** How often it was asked for something that begins so. */
  public long count(String request) {
    return requests.stream().filter(each -> each.startsWith(request)).count();
  }

  /** How many have a session. */
  public int sessions() {
    return sessions.size();
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | InterruptedException e) {
                // The other side has gone, or the test is over.
              }
            },
            "fake-sam");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket socket = server.accept();
      opened.add(socket);
      start(() -> serve(socket));
    }
  }

  private void serve(Socket socket) throws IOException, InterruptedException {
    while (true) {
      String request = line(socket.getInputStream());
      requests.add(request);
      String refusal =
          refusals.keySet().stream()
              .filter(request::startsWith)
              .findFirst()
              .map(refusals::get)
              .orElse(null);
      if (refusal != null) {
        say(socket, refusal);
      } else if (request.startsWith("HELLO")) {
        say(socket, "HELLO REPLY RESULT=OK VERSION=3.1");
      } else if (request.startsWith("DEST GENERATE")) {
        byte[] key = newKey();
        say(socket, "DEST REPLY PUB=" + destination(key) + " PRIV=" + base64(key));
      } else if (request.startsWith("SESSION CREATE")) {
        create(socket, request);
        return;
      } else if (request.startsWith("NAMING LOOKUP")) {
        say(socket, lookUp(word(request, "NAME")));
      } else if (request.startsWith("STREAM CONNECT")) {
        connect(socket, request);
        return;
      } else if (request.startsWith("STREAM ACCEPT")) {
        Session session = sessions.get(word(request, "ID"));
        say(socket, session == null ? "STREAM STATUS RESULT=INVALID_ID" : OK);
        if (session != null) {
          session.waiting().add(socket);
          return;
        }
      }
    }
  }

  private void create(Socket socket, String request) throws IOException {
    String wanted = word(request, "DESTINATION");
    byte[] key = wanted.equals("TRANSIENT") ? newKey() : bytes(wanted);
    Session session = new Session(destination(key), socket, new LinkedBlockingQueue<>());
    sessions.put(word(request, "ID"), session);
    say(socket, "SESSION STATUS RESULT=OK DESTINATION=" + base64(key));
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    end(session);
  }

  private void end(Session session) throws IOException {
    sessions.values().remove(session);
    session.control().close();
    for (Socket socket : session.waiting()) {
      socket.close();
    }
  }

  private String lookUp(String name) {
    return sessions.values().stream()
        .filter(session -> name(session).equals(name))
        .findFirst()
        .map(found -> "NAMING REPLY RESULT=OK NAME=" + name + " VALUE=" + found.destination())
        .orElse("NAMING REPLY RESULT=KEY_NOT_FOUND NAME=" + name);
  }

  private static String name(Session session) {
    try {
      return I2pKey.addressOf(session.destination()).host();
    } catch (SamException e) {
      throw new AssertionError(e);
    }
  }

  /** The first words of the caller come together with its name, as they can on a real line. */
  private void connect(Socket caller, String request) throws IOException, InterruptedException {
    Session from = sessions.get(word(request, "ID"));
    Session to =
        sessions.values().stream()
            .filter(each -> each.destination().equals(word(request, "DESTINATION")))
            .findFirst()
            .orElse(null);
    Socket answering =
        from == null || to == null ? null : to.waiting().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (answering == null) {
      say(caller, "STREAM STATUS RESULT=" + (from == null ? "INVALID_ID" : "CANT_REACH_PEER"));
      return;
    }
    say(caller, OK);
    byte[] name = (from.destination() + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] first = new byte[1000];
    int size = caller.getInputStream().read(first);
    byte[] together = new byte[name.length + Math.max(0, size)];
    System.arraycopy(name, 0, together, 0, name.length);
    System.arraycopy(first, 0, together, name.length, Math.max(0, size));
    answering.getOutputStream().write(together);
    start(() -> pump(answering, caller));
    pump(caller, answering);
  }

  private static void pump(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  private byte[] newKey() {
    byte[] key = new byte[KEYS_SIZE + CERTIFICATE.length + SECRETS_SIZE];
    synchronized (random) {
      random.nextBytes(key);
    }
    System.arraycopy(CERTIFICATE, 0, key, KEYS_SIZE, CERTIFICATE.length);
    return key;
  }

  private static String destination(byte[] key) {
    return base64(java.util.Arrays.copyOf(key, KEYS_SIZE + CERTIFICATE.length));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes).replace('+', '-').replace('/', '~');
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64.replace('-', '+').replace('~', '/'));
  }

  /** The value of a word in a request. */
  private static String word(String request, String name) {
    for (String word : request.split(" ", -1)) {
      if (word.startsWith(name + "=")) {
        return word.substring(name.length() + 1);
      }
    }
    throw new AssertionError(name + " is missing in " + request);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the end");
      }
      line.append((char) next);
    }
    return line.toString();
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : opened) {
      each.close();
    }
  }
}
