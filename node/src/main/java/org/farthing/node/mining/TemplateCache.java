package org.farthing.node.mining;

import org.farthing.consensus.primitives.Script;
import org.farthing.node.mempool.Mempool;

/**
 * The template that the miners of other programs work on, all on the same. There is a new one as
 * soon as the tip is another one, and some seconds after its making if the mempool has changed.
 * Node thread.
 */
public final class TemplateCache {
  /** A template as old as this is kept even if the mempool has changed. */
  private static final int YOUNG_SECONDS = 5;

  /** Whoever asks for a template puts his own in its place. */
  private static final Script PAYOUT = Script.of(new byte[] {0x51});

  private final MiningChain chain;
  private final Mempool mempool;
  private final BlockAssembler assembler;
  private BlockTemplate template;
  private long madeAtSeconds;
  private long mempoolChanges;

  public TemplateCache(MiningChain chain, Mempool mempool, BlockAssembler assembler) {
    this.chain = chain;
    this.mempool = mempool;
    this.assembler = assembler;
  }

  /** The template to work on now. */
  public TemplateOffer offer(long nowSeconds) {
    if (template == null || template.parent() != chain.tip() || isOutdated(nowSeconds)) {
      mempoolChanges = mempool.snapshot().changes();
      madeAtSeconds = nowSeconds;
      template = assembler.template(PAYOUT, nowSeconds);
    }
    return new TemplateOffer(
        template,
        mempoolChanges,
        assembler.header(template.parent(), nowSeconds),
        chain.minimumTime(template.parent()));
  }

  private boolean isOutdated(long nowSeconds) {
    return mempool.snapshot().changes() != mempoolChanges
        && nowSeconds - madeAtSeconds > YOUNG_SECONDS;
  }
}
