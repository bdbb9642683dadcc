package org.farthing.node.fee;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one horizon says.
 *
 * @param rate in satoshis for each 1000 virtual bytes; empty where too little is known, or nobody
 *     was fast enough
 * @param pass the lowest feerates that were fast enough
 * @param fail the highest of those below that were not
 */
public record HorizonEstimate(
    OptionalDouble rate, Optional<BucketRange> pass, Optional<BucketRange> fail) {}
