package org.farthing.node.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.config.DataDirectory;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.PolicyConfig;
import org.farthing.node.config.WholeFile;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolFile;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.port.MempoolFilePort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the mempool between two runs, in a file that is replaced as a whole or not at all. It is
 * read beside the node thread, and its transactions come back some at a time, each as if it had
 * come just now, so that the node does everything else meanwhile.
 */
final class MempoolKeeping implements MempoolFilePort, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MempoolKeeping.class);
  private static final int AT_ONCE = 100;
  private static final int KEY_BYTES = 8;
  private static final int TENTHS = 10;

  private final NodeCore core;
  private final Environment world;
  private final Optional<Path> file;
  private final PolicyConfig.Keeping wanted;
  private final SecureRandom random = new SecureRandom();
  private volatile boolean loaded;

  MempoolKeeping(NodeConfig config, NodeCore core, Environment world) {
    this.core = core;
    this.world = world;
    this.file = config.folder().map(DataDirectory::mempool);
    this.wanted = config.policy().keeping();
  }

  /** Begins to bring back what the last run has left; it is read on another thread. Node thread. */
  void start() {
    Optional<Path> left = file.filter(path -> wanted.persists());
    if (left.isEmpty()) {
      loaded = true;
      return;
    }
    world
        .workers()
        .execute(
            () -> {
              Optional<MempoolFile> content = read(left.get());
              world.scheduler().execute(() -> begin(content));
            });
  }

  private void begin(Optional<MempoolFile> content) {
    if (content.isEmpty()) {
      loaded = true;
    } else {
      continueWith(new Loading(content.get(), Import.OF_LAST_RUN));
    }
  }

  private void continueWith(Loading loading) {
    loading.step();
    if (loading.isOver()) {
      loading.finish();
      loaded = true;
    } else {
      world.scheduler().after(0, () -> continueWith(loading));
    }
  }

  private static Optional<MempoolFile> read(Path file) {
    try {
      return Optional.of(MempoolFile.decode(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      LOG.info("Failed to open mempool file. Continuing anyway.");
    } catch (IOException | DecodeException e) {
      LOG.info(
          "Failed to deserialize mempool data on file: {}. Continuing anyway.", e.getMessage());
    }
    return Optional.empty();
  }

  @Override
  public boolean isLoaded() {
    return loaded;
  }

  @Override
  public Path save() throws IOException {
    Path target = file.orElseThrow(() -> new IOException("the node is in memory"));
    save(target);
    return target;
  }

  private synchronized void save(Path target) throws IOException {
    MempoolFile content = MempoolFile.of(core.mempool().snapshot());
    LOG.info("Writing {} mempool transactions to file...", content.waiting().size());
    Optional<byte[]> key = wanted.plain() ? Optional.empty() : Optional.of(key());
    WholeFile.write(target, out -> content.write(out, key));
    LOG.info("Dumped mempool: {} transactions", content.waiting().size());
  }

  private byte[] key() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return key;
  }

  @Override
  public boolean load(Path from, Import how, NodeCalls calls) {
    Optional<MempoolFile> content = read(from);
    if (content.isEmpty()) {
      return false;
    }
    Loading loading = new Loading(content.get(), how);
    while (!loading.isOver()) {
      calls.run(loading::step);
    }
    calls.run(loading::finish);
    return true;
  }

  /** What is left to be loaded of a file. Node thread. */
  private final class Loading {
    private final MempoolFile content;
    private final Import how;
    private final Iterator<MempoolFile.Waiting> rest;
    private final Mempool mempool = core.mempool();
    private int tried;
    private int tenths;
    private int succeeded;
    private int failed;
    private int expired;
    private int known;

    Loading(MempoolFile content, Import how) {
      this.content = content;
      this.how = how;
      this.rest = content.waiting().iterator();
      LOG.info("Loading {} mempool transactions from file...", content.waiting().size());
    }

    boolean isOver() {
      return !rest.hasNext();
    }

    void step() {
      core.gossip().transactions().quietly(this::takeSome);
    }

    private void takeSome() {
      long nowMillis = world.clock().nowMillis();
      for (int i = 0; i < AT_ONCE && rest.hasNext(); i++) {
        take(rest.next(), nowMillis);
        report();
      }
    }

    private void report() {
      int total = content.waiting().size();
      tried++;
      if (tried < total && tried * TENTHS / total > tenths) {
        tenths = tried * TENTHS / total;
        LOG.info(
            "Progress loading mempool transactions from file: {}% (tried {}, {} remaining)",
            tenths * TENTHS, tried, total - tried);
      }
    }

    private void take(MempoolFile.Waiting saved, long nowMillis) {
      long enteredMillis = how.atPresent() ? nowMillis : saved.enteredSeconds() * 1000;
      if (how.feeDeltas() && saved.deltaSat() != 0) {
        mempool.prioritise(saved.transaction().txid(), saved.deltaSat());
      }
      if (enteredMillis <= nowMillis - mempool.options().expiryMillis()) {
        expired++;
      } else if (mempool.accept(saved.transaction(), enteredMillis, nowMillis)
          instanceof MempoolResult.Accepted) {
        succeeded++;
      } else if (mempool.contains(saved.transaction().txid())) {
        known++;
      } else {
        failed++;
      }
    }

    void finish() {
      if (how.feeDeltas()) {
        content.deltas().forEach(mempool::prioritise);
      }
      Set<Txid> unbroadcast = how.unbroadcast() ? content.unbroadcast() : Set.of();
      unbroadcast.forEach(mempool::toBeBroadcast);
      LOG.info(
          "Imported mempool transactions from file: {} succeeded, {} failed, {} expired, {} already"
              + " there, {} waiting for initial broadcast",
          succeeded,
          failed,
          expired,
          known,
          unbroadcast.size());
    }
  }

  /** For the next run; nothing is written before all of the last one is here. Node thread. */
  @Override
  public void close() {
    if (loaded && wanted.persists() && file.isPresent()) {
      try {
        save(file.get());
      } catch (IOException e) {
        LOG.warn("Failed to dump mempool: {}. Continuing anyway.", e.toString());
      }
    }
  }
}
