package org.farthing.consensus.column;

/** In which order a range of keys is walked through. */
public enum Order {
  ASCENDING,
  DESCENDING
}
