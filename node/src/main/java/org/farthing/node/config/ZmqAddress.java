package org.farthing.node.config;

/**
 * Where one kind of messages is published.
 *
 * @param address as ZeroMQ writes it: {@code tcp://127.0.0.1:28332}, or {@code ipc:///path}
 * @param highWaterMark messages that wait for a slow reader; further ones are lost to it
 */
public record ZmqAddress(Topic topic, String address, int highWaterMark) {
  private static final String UNIX = "unix:";
  private static final String IPC = "ipc://";

  /** What messages are about, in the order in which programs are told. */
  public enum Topic {
    HASH_BLOCK("hashblock", Option.ZMQ_PUB_HASH_BLOCK, Option.ZMQ_PUB_HASH_BLOCK_HWM),
    HASH_TX("hashtx", Option.ZMQ_PUB_HASH_TX, Option.ZMQ_PUB_HASH_TX_HWM),
    RAW_BLOCK("rawblock", Option.ZMQ_PUB_RAW_BLOCK, Option.ZMQ_PUB_RAW_BLOCK_HWM),
    RAW_TX("rawtx", Option.ZMQ_PUB_RAW_TX, Option.ZMQ_PUB_RAW_TX_HWM),
    SEQUENCE("sequence", Option.ZMQ_PUB_SEQUENCE, Option.ZMQ_PUB_SEQUENCE_HWM);

    private final String label;
    private final Option addresses;
    private final Option highWaterMark;

    Topic(String label, Option addresses, Option highWaterMark) {
      this.label = label;
      this.addresses = addresses;
      this.highWaterMark = highWaterMark;
    }

    /** The first part of each message. */
    public String label() {
      return label;
    }

    Option addresses() {
      return addresses;
    }

    Option highWaterMarkOption() {
      return highWaterMark;
    }
  }

  /** Unix sockets have two names: Bitcoin Core's option {@code unix:}, ZeroMQ {@code ipc://}. */
  static ZmqAddress of(Topic topic, String text, int highWaterMark) {
    String address = text.startsWith(UNIX) ? IPC + text.substring(UNIX.length()) : text;
    return new ZmqAddress(topic, address, highWaterMark);
  }

  /** The same messages at an address that has turned out. */
  public ZmqAddress at(String bound) {
    return new ZmqAddress(topic, bound, highWaterMark);
  }
}
