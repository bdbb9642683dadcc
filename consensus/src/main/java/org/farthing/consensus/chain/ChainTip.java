package org.farthing.consensus.chain;

/** The end of a branch, and what is known of the branch. */
public record ChainTip(HeaderNode node, Status status) {
  /** The words of Bitcoin Core's {@code getchaintips}. */
  public enum Status {
    ACTIVE("active"),
    /** All blocks were found valid when the branch was active. */
    VALID_FORK("valid-fork"),
    /** All blocks have been received, and were never connected. */
    VALID_HEADERS("valid-headers"),
    /** The body of some block has not been received. */
    HEADERS_ONLY("headers-only"),
    INVALID("invalid");

    private final String label;

    Status(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
