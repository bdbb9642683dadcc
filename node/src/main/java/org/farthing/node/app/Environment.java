package org.farthing.node.app;

import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.farthing.node.peer.Resolver;
import org.farthing.node.time.Clock;
import org.farthing.node.time.Scheduler;
import org.farthing.node.transport.Transport;

/**
 * The world around a node. Real ones and simulated ones run the same code.
 *
 * @param scheduler its thread owns the node's state
 * @param workers run pure functions such as script checks
 * @param random decides what may be decided either way; with a seed, a run can be repeated
 * @param stopping somebody wants the node to stop, so that it begins nothing long
 */
public record Environment(
    Clock clock,
    Scheduler scheduler,
    Transport transport,
    Resolver resolver,
    Executor workers,
    Random random,
    BooleanSupplier stopping) {}
