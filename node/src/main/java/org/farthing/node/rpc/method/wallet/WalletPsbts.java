package org.farthing.node.rpc.method.wallet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.Taproot;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.method.psbt.PsbtProcessing;
import org.farthing.node.rpc.spec.Param;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtInput;
import org.farthing.wallet.psbt.PsbtSigner;
import org.farthing.wallet.psbt.PsbtUpdater;
import org.farthing.wallet.spend.DescriptorKeys;
import org.farthing.wallet.spend.SigningKeys;

/** Partially signed transactions, with what a wallet knows of them. */
final class WalletPsbts {
  private static final ByteString EVEN = ByteString.of(new byte[] {2});

  static final Param<Long> VERSION =
      Param.unsigned("psbt_version", 32, "The version of the format: 2 or 0").or(2);

  private WalletPsbts() {}

  /** The version, or Bitcoin Core's answer that there is no such. */
  static int version(long version) {
    if (version != 0 && version != 2) {
      throw RpcException.invalidParameter("The PSBT version can only be 2 or 0");
    }
    return (int) version;
  }

  /**
   * What is to be done.
   *
   * @param origins whether to tell where keys come from
   */
  record Wish(boolean sign, boolean origins, PsbtSigner.Options options) {
    /** All that the wallet can do. */
    static final Wish SIGN = new Wish(true, true, PsbtSigner.Options.USUAL);

    /** No signatures. */
    static Wish fill(boolean origins) {
      return new Wish(
          false, origins, new PsbtSigner.Options(PsbtSigner.Options.USUAL.sigHashType(), false));
    }
  }

  /** With all that the wallet knows of it, and with its signatures where they are wished. */
  static Psbt process(Wallet wallet, Psbt psbt, Wish wish) throws WalletException {
    List<Script> scripts =
        new ArrayList<>(PsbtProcessing.scripts(psbt, outPoint -> output(wallet, outPoint)));
    psbt.inputs().forEach(input -> scripts.addAll(scriptsOfKeys(input)));
    Set<DescriptorKeys.Part> parts =
        wish.origins() ? Set.of(DescriptorKeys.Part.ORIGINS) : Set.of();
    if (!wish.sign()) {
      return process(wallet, psbt, wallet.signing().known(scripts, parts), wish);
    }
    wallet.locking().expectUnlocked();
    return wallet
        .signing()
        .withKeysOf(scripts, told(psbt), parts, keys -> process(wallet, psbt, keys, wish));
  }

  private static Map<ByteString, KeyOrigin> told(Psbt psbt) {
    Map<ByteString, KeyOrigin> told = new HashMap<>();
    for (PsbtInput input : psbt.inputs()) {
      told.putAll(input.origins());
      input.taprootOrigins().forEach((key, known) -> told.put(key, known.origin()));
    }
    return told;
  }

  /**
   * The scripts under which the wallet knows the keys that others say an input wants: it signs with
   * its own also where the output as a whole is not its own.
   */
  private static List<Script> scriptsOfKeys(PsbtInput input) {
    List<Script> scripts = new ArrayList<>();
    for (ByteString key : input.origins().keySet()) {
      byte[] hash = Hash160.hash(key.toByteArray());
      Script witness = ScriptPattern.p2wpkh(hash);
      scripts.add(ScriptPattern.p2pkh(hash));
      scripts.add(witness);
      scripts.add(ScriptPattern.p2sh(Hash160.hash(witness.toByteArray())));
      if (key.size() == Secp256k1.COMPRESSED_SIZE) {
        taproot(key.slice(1)).ifPresent(scripts::add);
      }
    }
    input.taprootOrigins().keySet().forEach(key -> taproot(key).ifPresent(scripts::add));
    return scripts;
  }

  private static Optional<Script> taproot(ByteString xOnly) {
    if (!Secp256k1.isValidPublicKey(EVEN.then(xOnly).toByteArray())) {
      return Optional.empty();
    }
    byte[] output = Taproot.outputKey(xOnly.toByteArray(), new byte[0]);
    return Optional.of(ScriptPattern.p2tr(Arrays.copyOfRange(output, 1, output.length)));
  }

  private static Psbt process(Wallet wallet, Psbt psbt, SigningKeys keys, Wish wish) {
    return PsbtProcessing.process(
        psbt,
        keys,
        wish.options(),
        new PsbtUpdater.Sources(
            txid -> wallet.history().find(txid).map(WalletTx::transaction),
            outPoint -> output(wallet, outPoint)));
  }

  /** Of a transaction of the wallet's: what others spend, others may tell. */
  private static Optional<TxOut> output(Wallet wallet, OutPoint outPoint) {
    return wallet
        .history()
        .find(outPoint.txid())
        .map(entry -> entry.transaction().outputs())
        .filter(outputs -> Integer.compareUnsigned(outPoint.index(), outputs.size()) < 0)
        .map(outputs -> outputs.get(outPoint.index()));
  }
}
