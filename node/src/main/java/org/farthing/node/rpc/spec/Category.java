package org.farthing.node.rpc.spec;

/** The chapters of the help. */
public enum Category {
  BLOCKCHAIN("Blockchain"),
  CONTROL("Control"),
  MINING("Mining"),
  NETWORK("Network"),
  RAW_TRANSACTIONS("Rawtransactions"),
  UTIL("Util"),
  WALLET("Wallet"),
  ZMQ("Zmq"),
  HIDDEN("Hidden");

  private final String title;

  Category(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
