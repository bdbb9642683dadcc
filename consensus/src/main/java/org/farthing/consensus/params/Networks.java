package org.farthing.consensus.params;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;

/** The constants of each network. */
final class Networks {
  private static final int TPUB = 0x043587cf;
  private static final int TPRV = 0x04358394;
  private static final long INITIAL_SUBSIDY_SAT = 50 * Amount.COIN;

  /** Farthing's own network. */
  static final ConsensusParams TESTNET =
      new ConsensusParams(
          new Network(
              "testnet",
              0xf4727468,
              new Network.Ports(28760, 28761),
              "fth",
              new Network.Base58Versions(36, 95, 163, TPUB, TPRV)),
          testnetGenesis(),
          new Difficulty.Lwma(0x1e0fffff, 10, 60, 60),
          new Subsidy(INITIAL_SUBSIDY_SAT, 210_000),
          10,
          fromHeight(1, Map.of()));

  /** Bitcoin's regtest, as in Bitcoin Core's {@code CRegTestParams}. */
  static final ConsensusParams REGTEST =
      new ConsensusParams(
          new Network(
              "regtest",
              0xfabfb5da,
              new Network.Ports(18444, 18443),
              "bcrt",
              new Network.Base58Versions(111, 196, 239, TPUB, TPRV)),
          bitcoinGenesis(1_296_688_602L, 0x207fffff, 2),
          new Difficulty.Fixed(0x207fffff, 600),
          new Subsidy(INITIAL_SUBSIDY_SAT, 150),
          100,
          fromHeight(1, Map.of(Deployment.SEGWIT, 0, Deployment.TAPROOT, 0)));

  private Networks() {}

  private static Map<Deployment, Integer> fromHeight(
      int height, Map<Deployment, Integer> exceptions) {
    Map<Deployment, Integer> heights = new EnumMap<>(Deployment.class);
    for (Deployment deployment : Deployment.values()) {
      heights.put(deployment, exceptions.getOrDefault(deployment, height));
    }
    return heights;
  }

  /** Mined once, on 21 November 2026. Its output can be spent by nobody. */
  private static Block testnetGenesis() {
    return genesis(
        "A farthing: the smallest coin, and every rule of the big ones. 21/Nov/2026",
        Script.of(new byte[] {0x6a}),
        new HeaderFields(1_795_219_200L, 0x1e0fffff, 529_083));
  }

  /** The block that all of Bitcoin's networks begin with, but for time, target and nonce. */
  private static Block bitcoinGenesis(long timeSeconds, int bits, int nonce) {
    return genesis(
        "The Times 03/Jan/2009 Chancellor on brink of second bailout for banks",
        Script.of(
            Hex.constant(
                "4104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb6"
                    + "49f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac")),
        new HeaderFields(timeSeconds, bits, nonce));
  }

  private record HeaderFields(long timeSeconds, int bits, int nonce) {}

  private static Block genesis(String message, Script scriptPubKey, HeaderFields fields) {
    byte[] text = message.getBytes(StandardCharsets.US_ASCII);
    // The pushes of Satoshi's first coinbase: the target 0x1d00ffff, the number 4, the message.
    Script scriptSig =
        Script.of(
            new ByteWriter()
                .bytes(Hex.constant("04ffff001d0104"))
                .uint8(text.length)
                .bytes(text)
                .toByteArray());
    if (text.length > 75) {
      throw new AssertionError("the message needs a longer push");
    }
    Transaction coinbase =
        new Transaction(
            1,
            List.of(new TxIn(OutPoint.NULL, scriptSig, Sequence.FINAL)),
            List.of(new TxOut(INITIAL_SUBSIDY_SAT, scriptPubKey)),
            0);
    BlockHeader header =
        new BlockHeader(
            1,
            BlockHash.ZERO,
            MerkleTree.ofTxids(List.of(coinbase)).root(),
            fields.timeSeconds(),
            fields.bits(),
            fields.nonce());
    return new Block(header, List.of(coinbase));
  }
}
