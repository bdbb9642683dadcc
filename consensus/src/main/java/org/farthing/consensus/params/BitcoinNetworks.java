package org.farthing.consensus.params;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.params.Difficulty.Variation;
import org.farthing.consensus.params.KnownChain.Growth;
import org.farthing.consensus.params.KnownChain.HeaderCommitments;
import org.farthing.consensus.params.SignalledDeployment.Poll;
import org.farthing.consensus.params.SignalledDeployment.Schedule;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptFlag;
import org.farthing.consensus.script.ScriptFlags;

/** The constants of Bitcoin's networks, as in Bitcoin Core 31. */
final class BitcoinNetworks {
  static final int TPUB = 0x043587cf;
  static final int TPRV = 0x04358394;

  private static final int XPUB = 0x0488b21e;
  private static final int XPRV = 0x0488ade4;
  private static final Network.Base58Versions TEST_VERSIONS =
      new Network.Base58Versions(111, 196, 239, TPUB, TPRV);
  private static final int SPACING_SECONDS = 600;
  private static final int TWO_WEEKS_SECONDS = 14 * 24 * 60 * 60;
  private static final int PERIOD = TWO_WEEKS_SECONDS / SPACING_SECONDS;
  private static final Subsidy SUBSIDY = new Subsidy(50 * Amount.COIN, 210_000, 100);

  /** The ninety percent of BIP-0341. */
  private static final Poll MAIN_POLL = new Poll(PERIOD, 1815);

  private static final int TESTDUMMY_BIT = 28;

  /** A signet has them, whoever signs its blocks. */
  static final HeaderCommitments SIGNET_COMMITMENTS = new HeaderCommitments(620, 15_724);

  static final ConsensusParams MAIN =
      new ConsensusParams(
          new Network(
              "main",
              0xf9beb4d9,
              new Network.Ports(8333, 8332),
              "bc",
              new Network.Base58Versions(0, 5, 128, XPUB, XPRV)),
          Genesis.satoshis(1_231_006_505L, 0x1d00ffff, 2_083_236_893),
          new Difficulty.Retarget(0x1d00ffff, SPACING_SECONDS, TWO_WEEKS_SECONDS, Set.of()),
          SUBSIDY,
          new Deployments(
              Map.of(
                  Deployment.BIP34, 227_931,
                  Deployment.BIP66, 363_725,
                  Deployment.BIP65, 388_381,
                  Deployment.CSV, 419_328,
                  Deployment.SEGWIT, 481_824),
              List.of(testdummy(Schedule.NEVER, MAIN_POLL)),
              // One period after the activation of taproot.
              new Deployments.Unknown(MAIN_POLL, 711_648)),
          mainChain(),
          Optional.empty());

  static final ConsensusParams TESTNET4 =
      new ConsensusParams(
          new Network("testnet4", 0x1c163f28, new Network.Ports(48333, 48332), "tb", TEST_VERSIONS),
          new Genesis(
                  "03/May/2024 000000000000000000001ebd58c244970b3aa9d783bb001011fbe8ea8e98e00e",
                  Script.of(Hex.constant("21" + "00".repeat(33) + "ac")),
                  1_714_777_860L,
                  0x1d00ffff,
                  393_743_547)
              .block(),
          new Difficulty.Retarget(
              0x1d00ffff,
              SPACING_SECONDS,
              TWO_WEEKS_SECONDS,
              Set.of(Variation.EASIEST_AFTER_A_PAUSE, Variation.BIP94)),
          SUBSIDY,
          ofTestNetwork(allFrom(1), testdummy(Schedule.NEVER, Poll.ofTestNetwork(PERIOD))),
          KnownChain.of(
              trust(
                  "9a0fe15d0177d086304",
                  "0000000002368b1e4ee27e2e85676ae6f9f9e69579b29093e9a82c170bf7cf8a"),
              new Growth(1_772_013_387L, 14_191_421, 0.01848579579528412),
              new HeaderCommitments(606, 16_092)),
          Optional.empty());

  static final ConsensusParams SIGNET =
      signet(
          Script.of(
              Hex.constant(
                  "512103ad5e0edad18cb1f0fc0d28a3d4f1f3e445640337489abb10404f2d1e086be430210359"
                      + "ef5021964fe22d6f8e05b2463c9540ce96883fe3b278760f048f5189f2e6c452ae")),
          KnownChain.of(
              trust(
                  "b463ea0a4b8",
                  "00000008414aab61092ef93f1aacc54cf9e9f16af29ddad493b908a01ff5c329"),
              new Growth(1_772_055_248L, 28_676_833, 0.06736623436338929),
              SIGNET_COMMITMENTS));

  static final ConsensusParams REGTEST =
      new ConsensusParams(
          new Network(
              "regtest", 0xfabfb5da, new Network.Ports(18444, 18443), "bcrt", TEST_VERSIONS),
          Genesis.satoshis(1_296_688_602L, 0x207fffff, 2),
          new Difficulty.Fixed(0x207fffff, SPACING_SECONDS, 144, Set.of()),
          new Subsidy(50 * Amount.COIN, 150, 100),
          ofTestNetwork(
              regtestHeights(),
              testdummy(new Schedule(0, Schedule.NO_TIMEOUT, 0), Poll.ofTestNetwork(144))),
          // Not zero, so that something is to be seen of it.
          KnownChain.of(
              KnownChain.Trust.NOTHING, new Growth(0, 0, 0.001), HeaderCommitments.SHORT_CHAIN),
          Optional.empty());

  private BitcoinNetworks() {}

  /** A signet (BIP-0325): its magic is the beginning of the challenge's double SHA-256. */
  static ConsensusParams signet(Script challenge, KnownChain known) {
    byte[] script = challenge.toByteArray();
    byte[] hash =
        Sha256.doubleHash(new ByteWriter().compactSize(script.length).bytes(script).toByteArray());
    int magic = ByteBuffer.wrap(hash).getInt();
    return new ConsensusParams(
        new Network("signet", magic, new Network.Ports(38333, 38332), "tb", TEST_VERSIONS),
        Genesis.satoshis(1_598_918_400L, 0x1e0377ae, 52_613_770),
        new Difficulty.Retarget(0x1e0377ae, SPACING_SECONDS, TWO_WEEKS_SECONDS, Set.of()),
        SUBSIDY,
        new Deployments(
            allFrom(1),
            List.of(testdummy(Schedule.NEVER, MAIN_POLL)),
            new Deployments.Unknown(Poll.ofTestNetwork(PERIOD), 0)),
        known,
        Optional.of(challenge));
  }

  private static SignalledDeployment testdummy(Schedule schedule, Poll poll) {
    return new SignalledDeployment("testdummy", TESTDUMMY_BIT, schedule, poll);
  }

  /** Warns of unknown deployments on the terms of the known one. */
  private static Deployments ofTestNetwork(
      Map<Deployment, Integer> heights, SignalledDeployment testdummy) {
    return new Deployments(
        heights, List.of(testdummy), new Deployments.Unknown(testdummy.poll(), 0));
  }

  static Map<Deployment, Integer> allFrom(int height) {
    Map<Deployment, Integer> heights = new EnumMap<>(Deployment.class);
    for (Deployment deployment : Deployment.values()) {
      heights.put(deployment, height);
    }
    return heights;
  }

  private static Map<Deployment, Integer> regtestHeights() {
    Map<Deployment, Integer> heights = allFrom(1);
    heights.put(Deployment.SEGWIT, 0);
    return heights;
  }

  private static KnownChain mainChain() {
    return new KnownChain(
        Map.of(
            // The only block that breaks BIP-0016.
            hash("00000000000002dc756eebf4f49723ed8d30cc28a5f108eb94b1ba88ac4f9c22"),
            ScriptFlags.NONE,
            // The only one that breaks BIP-0341.
            hash("0000000000000000000f14c35b2d841e986ab5441de8c585d5ffe55ea1e395ad"),
            ScriptFlags.of(ScriptFlag.P2SH, ScriptFlag.WITNESS)),
        // The heights 91,842 and 91,880.
        Set.of(
            hash("00000000000a4d0a398161ffc163c503763b1f4360639393e0e4c8e300e0caec"),
            hash("00000000000743f190a18c5577a3c2d2a1f610ae9601ac046a38084ccb7cd721")),
        Optional.of(
            new KnownChain.HeightsInCoinbases(
                hash("000000000000024b89b42a942fe0d9fea3bb44ab7bd1b19115dd6a759c0808b8"),
                1_983_702)),
        trust(
            "1128750f82f4c366153a3a030",
            "00000000000000000000ccebd6d74d9194d8dcdc1d177c478e094bfad51ba5ac"),
        Optional.of(new Growth(1_772_055_173L, 1_315_805_869L, 5.40111006496122)),
        new HeaderCommitments(641, 15_218));
  }

  private static KnownChain.Trust trust(String chainWork, String block) {
    return new KnownChain.Trust(new BigInteger(chainWork, 16), Optional.of(hash(block)));
  }

  private static BlockHash hash(String hex) {
    try {
      return BlockHash.parse(hex);
    } catch (DecodeException e) {
      throw new AssertionError(e);
    }
  }
}
