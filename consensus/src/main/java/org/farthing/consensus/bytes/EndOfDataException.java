package org.farthing.consensus.bytes;

/** Bytes that end before what they announce. */
public final class EndOfDataException extends DecodeException {
  private static final long serialVersionUID = 1L;

  EndOfDataException(String message) {
    super(message);
  }
}
