package org.farthing.wallet.history;

import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.wallet.descriptor.ScriptOrigin;

/** An output that the wallet's keys can spend, spent or not. */
public record OwnOutput(OutPoint outPoint, TxOut output, ScriptOrigin origin) {}
