package org.farthing.node.config.core;

import java.util.ArrayList;
import java.util.List;
import org.farthing.node.config.Option;
import org.farthing.node.config.OptionReader;
import org.farthing.node.config.P2pConfig;

/** What options do to each other, as Bitcoin Core's log says it. */
final class CoreInteractions {
  private CoreInteractions() {}

  /** For the log. */
  static List<String> of(OptionReader in, P2pConfig p2p) {
    List<String> all = new ArrayList<>();
    boolean automatic = p2p.outgoing().automatic();
    if (!automatic || p2p.peers().maxConnections() == 0) {
      String why = "parameter interaction: -connect or -maxconnections=0 set -> setting ";
      if (!in.has(Option.DNS_SEED)) {
        all.add(why + "-dnsseed=0");
      }
      if (!in.has(Option.LISTEN) && !in.has(Option.BIND) && !in.has(Option.WHITE_BIND)) {
        all.add(why + "-listen=0");
      }
    }
    if (!p2p.outgoing().connect().isEmpty() && in.has(Option.SEED_NODE)) {
      all.add("-seednode is ignored when -connect is used");
    }
    boolean asksNames = in.has(Option.DNS_SEED) && p2p.addresses().finding().dnsSeeds();
    if (!automatic && asksNames && in.has(Option.PROXY)) {
      all.add("-dnsseed is ignored when -connect is used and -proxy is specified");
    }
    return all;
  }
}
