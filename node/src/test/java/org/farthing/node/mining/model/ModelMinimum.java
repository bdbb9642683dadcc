package org.farthing.node.mining.model;

/** What has to be paid because others had to go, as Bitcoin Core's {@code GetMinFee} has it. */
final class ModelMinimum {
  private static final double HALF_LIFE_SECONDS = 12 * 60 * 60;

  private final double incrementalSatPerKvb;
  private double satPerKvb;
  private long updatedSeconds;
  private boolean blockSince;

  ModelMinimum(long incrementalSatPerKvb) {
    this.incrementalSatPerKvb = incrementalSatPerKvb;
  }

  void raise(long rate) {
    if (rate > satPerKvb) {
      satPerKvb = rate;
      blockSince = false;
    }
  }

  void block(long nowMillis) {
    updatedSeconds = nowMillis / 1000;
    blockSince = true;
  }

  void pass(long nowMillis, double fullness) {
    long nowSeconds = nowMillis / 1000;
    if (!blockSince || satPerKvb == 0 || nowSeconds <= updatedSeconds + 10) {
      return;
    }
    double halfLife = HALF_LIFE_SECONDS;
    if (fullness < 0.25) {
      halfLife /= 4;
    } else if (fullness < 0.5) {
      halfLife /= 2;
    }
    satPerKvb /= Math.pow(2.0, (nowSeconds - updatedSeconds) / halfLife);
    updatedSeconds = nowSeconds;
    if (satPerKvb < incrementalSatPerKvb / 2) {
      satPerKvb = 0;
    }
  }

  long satPerKvb() {
    return Math.round(
        blockSince && satPerKvb > 0 ? Math.max(satPerKvb, incrementalSatPerKvb) : satPerKvb);
  }
}
