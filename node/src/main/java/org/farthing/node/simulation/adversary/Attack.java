package org.farthing.node.simulation.adversary;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** What a hostile peer does. */
public enum Attack {
  /** Fills address books with addresses of its accomplices, and of nobody. */
  ADDRESS_FLOOD("address-flood", AddressFlood::new),
  /** Tells of ever new branches from the genesis with little work. */
  HEADER_FLOOD("header-flood", HeaderFlood::new),
  /** Is the first to tell of blocks, and never sends one. */
  STALLING_DOWNLOAD("stalling-download", StallingDownload::new),
  /** Sends blocks in short form that are not what their headers say. */
  LYING_COMPACT_BLOCKS("lying-compact-blocks", LyingCompactBlocks::new),
  /** Announces transactions that do not exist. */
  INVENTORY_FLOOD("inventory-flood", InventoryFlood::new),
  /** Sends transactions whose parents do not exist. */
  ORPHAN_FLOOD("orphan-flood", OrphanFlood::new),
  /** Asks for many blocks and reads none. */
  SLOW_READER("slow-reader", SlowReader::new),
  /** Sends what cannot be decoded, and lists that are too long. */
  MALFORMED("malformed", Malformed::new),
  /** Makes nodes call themselves. */
  SELF_CONNECTION("self-connection", SelfConnection::new),
  /** Lies about the time, also in headers. */
  TIME_WARP("time-warp", TimeWarp::new);

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // references to constructors
  private final Function<Adversary.Means, Adversary> maker;

  Attack(String label, Function<Adversary.Means, Adversary> maker) {
    this.label = label;
    this.maker = maker;
  }

  public String label() {
    return label;
  }

  public static Optional<Attack> of(String label) {
    return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
  }

  /** A peer that does it, once it is started. */
  public Adversary by(Adversary.Means means) {
    return maker.apply(means);
  }
}
