package org.farthing.node.compatibility;

import fr.acinq.bitcoin.ByteVector;
import fr.acinq.bitcoin.DeterministicWallet;
import fr.acinq.bitcoin.KeyPath;
import fr.acinq.bitcoin.OP_0;
import fr.acinq.bitcoin.OP_PUSHDATA;
import fr.acinq.bitcoin.OutPoint;
import fr.acinq.bitcoin.PrivateKey;
import fr.acinq.bitcoin.PublicKey;
import fr.acinq.bitcoin.Script;
import fr.acinq.bitcoin.ScriptElt;
import fr.acinq.bitcoin.ScriptWitness;
import fr.acinq.bitcoin.XonlyPublicKey;
import fr.acinq.bitcoin.psbt.Input;
import fr.acinq.bitcoin.psbt.KeyPathWithMaster;
import fr.acinq.bitcoin.psbt.Psbt;
import fr.acinq.bitcoin.psbt.TaprootBip32DerivationPath;
import fr.acinq.bitcoin.utils.Either;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.Transaction;

/**
 * The part of bitcoin-kmp, which makes keys and scripts of its own, and signs; how the signatures
 * of a form are put into their places it leaves to its caller.
 */
final class KmpPsbts implements PsbtParty {
  private static final HexFormat HEX = HexFormat.of();
  private static final long HARDENED = 0x8000_0000L;

  /** A key with its path from the root of its owner. */
  private record Key(PublicKey key, int fingerprint, KeyPath path) {
    KeyPathWithMaster origin() {
      return new KeyPathWithMaster(Integer.toUnsignedLong(fingerprint), path);
    }
  }

  private static DeterministicWallet.ExtendedPrivateKey root(PsbtOwner owner) {
    return DeterministicWallet.generate(owner.seed());
  }

  private static List<Key> keys(PsbtCase.Lock lock) {
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < lock.owners().size(); i++) {
      DeterministicWallet.ExtendedPrivateKey root = root(lock.owners().get(i));
      KeyPath path = new KeyPath(List.of(lock.account() + i + HARDENED, 0L, (long) PsbtCase.INDEX));
      keys.add(
          new Key(
              DeterministicWallet.derivePrivateKey(root, path).getPublicKey(),
              (int) DeterministicWallet.fingerprint(root),
              path));
    }
    return keys;
  }

  private static <T> T right(Either<?, T> answer) {
    if (answer.isLeft()) {
      throw new AssertionError("bitcoin-kmp refuses: " + answer.getLeft());
    }
    return answer.getRight();
  }

  private static Psbt read(String text) {
    return right(Psbt.read(Base64.getDecoder().decode(text)));
  }

  private static String write(Psbt psbt) {
    return Base64.getEncoder().encodeToString(Psbt.write(psbt).toByteArray());
  }

  private static fr.acinq.bitcoin.Transaction theirs(Transaction transaction) {
    return fr.acinq.bitcoin.Transaction.read(transaction.serialize());
  }

  @Override
  public String create(PsbtCase payment) {
    return write(new Psbt(theirs(payment.unsigned())));
  }

  @Override
  public String addSpent(PsbtCase payment, String text) {
    Psbt psbt = read(text);
    for (PsbtCase.Spent spent : payment.inputs()) {
      psbt = updated(psbt, spent, new Scripts(null, null), List.of());
      if (spent.form().hasSecret()) {
        ByteVector secret = new ByteVector(spent.lock().secretBytes());
        OutPoint outPoint = new OutPoint(theirs(spent.before()), spent.output());
        psbt =
            right(
                psbt.updatePreimageChallenges(
                    outPoint, Set.of(), Set.of(secret), Set.of(), Set.of()));
      }
    }
    return write(psbt);
  }

  /**
   * What stands behind the hashes of an output; null where there is none, as bitcoin-kmp has it.
   */
  private record Scripts(List<ScriptElt> redeem, List<ScriptElt> witness) {}

  private static Scripts scripts(PsbtForm form, List<Key> keys) {
    return switch (form) {
      case SH_WPKH -> new Scripts(Script.pay2wpkh(keys.get(0).key()), null);
      case SH_MULTI -> new Scripts(multi(keys), null);
      case WSH_MULTI -> new Scripts(null, multi(keys));
      case SH_WSH_MULTI -> {
        List<ScriptElt> witness = multi(sorted(keys));
        yield new Scripts(Script.pay2wsh(witness), witness);
      }
      default -> new Scripts(null, null);
    };
  }

  private static List<ScriptElt> multi(List<Key> keys) {
    return Script.createMultiSigMofN(2, keys.stream().map(Key::key).toList());
  }

  private static List<Key> sorted(List<Key> keys) {
    return keys.stream()
        .sorted(Comparator.comparing(key -> HEX.formatHex(key.key().value.toByteArray())))
        .toList();
  }

  @Override
  public String addScripts(PsbtCase payment, String text) {
    Psbt psbt = read(text);
    for (PsbtCase.Spent spent : payment.inputs()) {
      List<Key> keys = keys(spent.lock());
      psbt = updated(psbt, spent, scripts(spent.form(), keys), keys);
    }
    return write(psbt);
  }

  private static Psbt updated(Psbt psbt, PsbtCase.Spent spent, Scripts scripts, List<Key> keys) {
    fr.acinq.bitcoin.Transaction before = theirs(spent.before());
    Integer type = spent.toldType().isPresent() ? spent.toldType().getAsInt() : null;
    Map<PublicKey, KeyPathWithMaster> origins = new HashMap<>();
    Map<XonlyPublicKey, TaprootBip32DerivationPath> taproot = new HashMap<>();
    XonlyPublicKey internal = null;
    if (spent.form().isTaproot()) {
      for (Key key : keys) {
        internal = key.key().xOnly();
        taproot.put(
            internal,
            new TaprootBip32DerivationPath(
                List.of(), key.origin().masterKeyFingerprint, key.path()));
      }
    } else {
      keys.forEach(key -> origins.put(key.key(), key.origin()));
    }
    return right(
        spent.form().isSegwit()
            ? psbt.updateWitnessInputTx(
                before,
                spent.output(),
                scripts.redeem(),
                scripts.witness(),
                type,
                origins,
                null,
                internal,
                taproot)
            : psbt.updateNonWitnessInput(before, spent.output(), scripts.redeem(), type, origins));
  }

  @Override
  public String sign(PsbtCase payment, String text) {
    Psbt psbt = read(text);
    for (int i = 0; i < psbt.inputs.size(); i++) {
      Input input = psbt.inputs.get(i);
      for (Map.Entry<PublicKey, KeyPathWithMaster> origin : input.getDerivationPaths().entrySet()) {
        KeyPathWithMaster from = origin.getValue();
        psbt = signed(psbt, i, from.masterKeyFingerprint, from.keyPath);
      }
      for (TaprootBip32DerivationPath from : input.getTaprootDerivationPaths().values()) {
        psbt = signed(psbt, i, from.masterKeyFingerprint, from.keyPath);
      }
    }
    return write(psbt);
  }

  private static Psbt signed(Psbt psbt, int index, long fingerprint, KeyPath path) {
    if ((int) fingerprint != PsbtOwner.KMP.fingerprint()) {
      return psbt;
    }
    PrivateKey key =
        DeterministicWallet.derivePrivateKey(root(PsbtOwner.KMP), path).getPrivateKey();
    return psbt.inputs.get(index) instanceof Input.WitnessInput.PartiallySignedWitnessInput input
            && isOfKeyHash(input)
        ? signedByKeyHash(psbt, index, input, key)
        : right(psbt.sign(key, index)).getPsbt();
  }

  private static boolean isOfKeyHash(Input.WitnessInput.PartiallySignedWitnessInput input) {
    return Script.isPay2wpkh(input.getTxOut().publicKeyScript.toByteArray())
        || (input.getRedeemScript() != null && Script.isPay2wpkh(input.getRedeemScript()));
  }

  /**
   * It wants to be told the script that such a signature signs, where BIP-0174 has none: so it is
   * told on a copy, and the signature is taken from there.
   */
  private static Psbt signedByKeyHash(
      Psbt psbt, int index, Input.WitnessInput.PartiallySignedWitnessInput input, PrivateKey key) {
    List<ScriptElt> told = Script.pay2pkh(key.publicKey());
    Psbt copy = with(psbt, index, input, told, input.getPartialSigs());
    ByteVector signature = right(copy.sign(key, index)).getSig();
    Map<PublicKey, ByteVector> signatures = new LinkedHashMap<>(input.getPartialSigs());
    signatures.put(key.publicKey(), signature);
    return with(psbt, index, input, input.getWitnessScript(), signatures);
  }

  private static Psbt with(
      Psbt psbt,
      int index,
      Input.WitnessInput.PartiallySignedWitnessInput input,
      List<ScriptElt> witnessScript,
      Map<PublicKey, ByteVector> signatures) {
    List<Input> inputs = new ArrayList<>(psbt.inputs);
    inputs.set(
        index,
        new Input.WitnessInput.PartiallySignedWitnessInput(
            input.getTxOut(),
            input.getNonWitnessUtxo(),
            input.getSighashType(),
            signatures,
            input.getDerivationPaths(),
            input.getRedeemScript(),
            witnessScript,
            input.getRipemd160(),
            input.getSha256(),
            input.getHash160(),
            input.getHash256(),
            input.getTaprootKeySignature(),
            input.getTaprootDerivationPaths(),
            input.getTaprootInternalKey(),
            input.getUnknown()));
    return new Psbt(psbt.global, inputs, psbt.outputs);
  }

  @Override
  public String combine(List<String> copies) {
    return write(right(Psbt.combine(copies.stream().map(KmpPsbts::read).toArray(Psbt[]::new))));
  }

  /** Of forms whose signatures it has functions for, or are put there one after the other. */
  @Override
  public Optional<Transaction> finish(PsbtCase payment, String text) throws Exception {
    Psbt psbt = read(text);
    for (int i = 0; i < payment.inputs().size(); i++) {
      psbt = finished(psbt, i, payment.inputs().get(i));
    }
    return Optional.of(
        Transaction.decode(fr.acinq.bitcoin.Transaction.write(right(psbt.extract()))));
  }

  private static Psbt finished(Psbt psbt, int index, PsbtCase.Spent spent) {
    Input input = psbt.inputs.get(index);
    List<Key> keys = keys(spent.lock());
    PublicKey first = keys.get(0).key();
    ByteVector signature = input.getPartialSigs().get(first);
    return right(
        switch (spent.form()) {
          case PK -> psbt.finalizeNonWitnessInput(index, List.of(new OP_PUSHDATA(signature)));
          case PKH ->
              psbt.finalizeNonWitnessInput(
                  index, List.of(new OP_PUSHDATA(signature), new OP_PUSHDATA(first.value)));
          case SH_MULTI -> {
            List<ScriptElt> scriptSig = new ArrayList<>();
            scriptSig.add(OP_0.INSTANCE);
            signatures(input, keys).forEach(each -> scriptSig.add(new OP_PUSHDATA(each)));
            scriptSig.add(new OP_PUSHDATA(Script.write(input.getRedeemScript())));
            yield psbt.finalizeNonWitnessInput(index, scriptSig);
          }
          case WPKH, SH_WPKH ->
              psbt.finalizeWitnessInput(index, Script.witnessPay2wpkh(first, signature));
          case TR ->
              psbt.finalizeWitnessInput(
                  index, new ScriptWitness(List.of(input.getTaprootKeySignature())));
          case WSH_MULTI -> psbt.finalizeWitnessInput(index, witness(input, keys));
          case SH_WSH_MULTI -> psbt.finalizeWitnessInput(index, witness(input, sorted(keys)));
          default -> throw new IllegalArgumentException(spent.form().text());
        });
  }

  private static ScriptWitness witness(Input input, List<Key> keys) {
    return Script.witnessMultiSigMofN(
        keys.stream().map(Key::key).toList(), signatures(input, keys));
  }

  private static List<ByteVector> signatures(Input input, List<Key> keys) {
    return keys.stream()
        .map(key -> input.getPartialSigs().get(key.key()))
        .filter(signature -> signature != null)
        .toList();
  }
}
