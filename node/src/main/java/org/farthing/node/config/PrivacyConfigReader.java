package org.farthing.node.config;

import java.util.Optional;

/** Reads what others are not to learn. */
final class PrivacyConfigReader {
  private static final String USUAL_CONTROL = "127.0.0.1:9051";
  private static final String PRIVATE_BROADCAST =
      "Private broadcast of own transactions requested (-privatebroadcast), but ";

  private PrivacyConfigReader() {}

  /**
   * Reads it.
   *
   * @param listens whether peers may call the node
   * @param choosesPeers whether the node looks for peers itself
   */
  static PrivacyConfig read(OptionReader in, boolean listens, boolean choosesPeers)
      throws ConfigException {
    boolean listensOnion = in.flag(Option.LISTEN_ONION, listens && in.has(Option.TOR_CONTROL));
    if (listensOnion && !listens) {
      throw new ConfigException("Cannot set -listen=0 together with -listenonion=1");
    }
    Optional<PrivacyConfig.Tor> tor = listensOnion ? Optional.of(tor(in)) : Optional.empty();
    ReachConfig reach = ReachConfigReader.read(in, listensOnion);
    boolean privately = in.flag(Option.PRIVATE_BROADCAST, false);
    if (privately) {
      checkPrivateBroadcast(reach, listensOnion, choosesPeers);
    }
    return new PrivacyConfig(
        reach,
        tor,
        in.flag(Option.I2P_ACCEPT_INCOMING, listens),
        privately,
        in.flag(Option.DANDELION, false));
  }

  private static PrivacyConfig.Tor tor(OptionReader in) throws ConfigException {
    String control = in.text(Option.TOR_CONTROL).orElse(USUAL_CONTROL);
    BindAddress.parse(control, "torcontrol");
    return new PrivacyConfig.Tor(
        control,
        in.text(Option.TOR_PASSWORD).filter(text -> !text.isEmpty()),
        in.text(Option.ONION).filter(text -> !text.isEmpty()).isEmpty());
  }

  private static void checkPrivateBroadcast(
      ReachConfig reach, boolean listensOnion, boolean choosesPeers) throws ConfigException {
    boolean mayComeToTor = listensOnion && reach.onionWanted();
    if (!reach.hides() && !mayComeToTor) {
      throw new ConfigException(PRIVATE_BROADCAST + "none of Tor or I2P networks is reachable");
    }
    if (!choosesPeers) {
      throw new ConfigException(
          PRIVATE_BROADCAST
              + "-connect is also configured. They are incompatible because the private broadcast"
              + " needs to open new connections to randomly chosen Tor or I2P peers. Consider using"
              + " -maxconnections=0 -addnode=... instead");
    }
  }
}
