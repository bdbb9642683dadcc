package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.ScriptVerifier;
import org.farthing.consensus.script.SigHash;
import org.farthing.consensus.script.SigHashType;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.descriptor.ScriptExpression;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.ExtendedKey;

/**
 * Signs the inputs of a planned transaction with keys derived from the wallet's root: P2PKH, P2WPKH
 * and P2SH-P2WPKH. Every input is verified by the rules that nodes relay by before the transaction
 * is handed out.
 */
public final class Signer {
  private final ExtendedKey master;

  /** Keeps the root key no longer than itself; its owner wipes it. */
  public Signer(ExtendedKey master) {
    this.master = master;
  }

  /**
   * @throws WalletException INVALID_KEY where a coin's key does not come from this root
   */
  public Transaction sign(TxPlan plan) throws WalletException {
    Transaction unsigned = plan.unsigned();
    PrecomputedTransaction precomputed = PrecomputedTransaction.of(unsigned, plan.spent());
    List<TxIn> inputs = new ArrayList<>();
    for (int i = 0; i < unsigned.inputs().size(); i++) {
      inputs.add(signInput(precomputed, i, plan.coins().get(i)));
    }
    Transaction signed =
        new Transaction(unsigned.version(), inputs, unsigned.outputs(), unsigned.lockTime());
    verify(PrecomputedTransaction.of(signed, plan.spent()));
    return signed;
  }

  private static void verify(PrecomputedTransaction signed) {
    for (int i = 0; i < signed.transaction().inputs().size(); i++) {
      ScriptError error = ScriptVerifier.verify(signed, i, ScriptFlags.STANDARD);
      if (error != ScriptError.OK) {
        throw new AssertionError("own signature of input " + i + " is wrong: " + error);
      }
    }
  }

  private TxIn signInput(PrecomputedTransaction precomputed, int index, SpendableCoin coin)
      throws WalletException {
    KeyOrigin origin = coin.origin().keyOrigin();
    if (origin.fingerprint() != master.fingerprint()) {
      throw new WalletException(
          WalletError.INVALID_KEY, "the key of " + coin.outPoint() + " is not in this wallet");
    }
    ExtendedKey key = master.derive(origin.path());
    byte[] secret = key.privateKey();
    try {
      return new InputSigner(precomputed, index, secret, key.publicKey()).sign(coin);
    } finally {
      Arrays.fill(secret, (byte) 0);
      key.wipe();
    }
  }

  /** One input with its key. */
  private static final class InputSigner {
    private final PrecomputedTransaction precomputed;
    private final int index;
    private final byte[] secret;
    private final byte[] publicKey;

    InputSigner(PrecomputedTransaction precomputed, int index, byte[] secret, byte[] publicKey) {
      this.precomputed = precomputed;
      this.index = index;
      this.secret = secret;
      this.publicKey = publicKey;
    }

    TxIn sign(SpendableCoin coin) {
      TxIn input = precomputed.transaction().inputs().get(index);
      Descriptor descriptor = coin.origin().keychain().descriptor();
      if (descriptor instanceof ScriptExpression.Wpkh) {
        return input.withWitness(witness());
      }
      if (descriptor instanceof ScriptExpression.Sh nested) {
        Script redeem = nested.redeemScriptAt(coin.origin().index());
        return input.withScriptSig(new ScriptBuilder().push(redeem).build()).withWitness(witness());
      }
      byte[] hash =
          SigHash.legacy(
              precomputed.transaction(), index, coin.output().scriptPubKey(), SigHashType.ALL);
      return input.withScriptSig(new ScriptBuilder().push(signature(hash)).push(publicKey).build());
    }

    private Witness witness() {
      Script scriptCode = ScriptPattern.p2pkh(Hash160.hash(publicKey));
      byte[] hash = SigHash.segwit(precomputed, index, scriptCode, SigHashType.ALL);
      return Witness.of(signature(hash), publicKey);
    }

    /** Strict DER and the type behind it. */
    private byte[] signature(byte[] hash) {
      byte[] der = Secp256k1.compactToDer(Secp256k1.signEcdsa(hash, secret));
      return new ByteWriter(der.length + 1).bytes(der).uint8(SigHashType.ALL).toByteArray();
    }
  }
}
