package org.farthing.consensus.column;

/** The keys from the first to the last, both included, as their bytes are ordered. */
public record KeyRange<K>(K first, K last) {}
