package org.farthing.node.rpc.port;

import java.io.IOException;
import java.nio.file.Path;
import org.farthing.node.rpc.call.NodeCalls;

/** The file that keeps the mempool between two runs, and others like it. Any thread. */
public interface MempoolFilePort {
  /**
   * What of a file counts, beside its transactions.
   *
   * @param atPresent transactions are taken as if they had come now
   * @param feeDeltas what was added to fees is added here too
   * @param unbroadcast those that no peer had asked for are to be made known
   */
  record Import(boolean atPresent, boolean feeDeltas, boolean unbroadcast) {
    public static final Import OF_LAST_RUN = new Import(false, true, true);
  }

  /** Whether all of the last run is here. */
  boolean isLoaded();

  /**
   * Writes the mempool down.
   *
   * @return the file
   * @throws IOException if that cannot be; what was there before is there still
   */
  Path save() throws IOException;

  /**
   * Takes in the transactions of a file, and returns when that is done.
   *
   * @return false if it cannot be read; the log says why
   */
  boolean load(Path from, Import how, NodeCalls calls);

  /** Of a node that keeps nothing. */
  static MempoolFilePort none() {
    return new MempoolFilePort() {
      @Override
      public boolean isLoaded() {
        return true;
      }

      @Override
      public Path save() throws IOException {
        throw new IOException("this node keeps nothing");
      }

      @Override
      public boolean load(Path from, Import how, NodeCalls calls) {
        return false;
      }
    };
  }
}
