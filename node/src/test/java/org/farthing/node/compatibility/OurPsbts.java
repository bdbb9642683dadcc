package org.farthing.node.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtCodec;
import org.farthing.wallet.psbt.PsbtCombiner;
import org.farthing.wallet.psbt.PsbtFinalizer;
import org.farthing.wallet.psbt.PsbtInput;
import org.farthing.wallet.psbt.PsbtSigner;
import org.farthing.wallet.psbt.PsbtUpdater;
import org.farthing.wallet.spend.DescriptorKeys;
import org.farthing.wallet.spend.SigningKeys;

/** Our wallet's part; half of what it does it does in version 2 (BIP-0370). */
final class OurPsbts implements PsbtParty {
  private final Random random;

  OurPsbts(Random random) {
    this.random = random;
  }

  /** In version 2, through its bytes, or as it is. */
  private Psbt read(String text) throws DecodeException {
    Psbt psbt = PsbtCodec.parse(text);
    if (random.nextBoolean()) {
      return psbt;
    }
    return PsbtCodec.decode(PsbtCodec.encode(psbt.inVersion(2).orElseThrow()));
  }

  private static String write(Psbt psbt) {
    return PsbtCodec.format(psbt.inVersion(0).orElseThrow());
  }

  @Override
  public String create(PsbtCase payment) {
    return write(Psbt.of(payment.unsigned(), random.nextBoolean() ? 2 : 0));
  }

  @Override
  public String addSpent(PsbtCase payment, String text) throws DecodeException {
    PsbtUpdater.Sources sources =
        new PsbtUpdater.Sources(payment::before, coin -> Optional.empty());
    Psbt psbt = PsbtUpdater.withUtxos(read(text), sources, new SigningKeys());
    List<PsbtInput> inputs = new ArrayList<>();
    for (int i = 0; i < payment.inputs().size(); i++) {
      inputs.add(withSpent(payment.inputs().get(i), psbt.inputs().get(i)));
    }
    return write(signed(payment, psbt.withInputs(inputs), new SigningKeys()));
  }

  private static PsbtInput withSpent(PsbtCase.Spent spent, PsbtInput input) {
    PsbtInput known = spent.form().isSegwit() ? input.withWitnessUtxo(spent.utxo()) : input;
    if (!spent.form().hasSecret()) {
      return known;
    }
    byte[] secret = spent.lock().secretBytes();
    return known.withSha256Preimage(ByteString.of(Sha256.hash(secret)), ByteString.of(secret));
  }

  @Override
  public String addScripts(PsbtCase payment, String text) throws Exception {
    SigningKeys keys = keys(payment, (input, key) -> false);
    Psbt psbt = signed(payment, read(text), keys);
    return write(PsbtUpdater.withOutputsKnown(psbt, keys));
  }

  @Override
  public String sign(PsbtCase payment, String text) throws Exception {
    SigningKeys keys = keys(payment, (input, key) -> payment.owner(input, key) == PsbtOwner.US);
    return write(signed(payment, read(text), keys));
  }

  /** With the signatures of everybody, as each alone would make them if all were like us. */
  Psbt signedByAll(PsbtCase payment, String text) throws Exception {
    List<Psbt> signed = new ArrayList<>();
    signed.add(PsbtCodec.parse(text));
    for (int i = 0; i < payment.inputs().size(); i++) {
      for (int j = 0; j < payment.inputs().get(i).lock().owners().size(); j++) {
        if (payment.owner(i, j) != PsbtOwner.ABSENT) {
          int at = i;
          int own = j;
          SigningKeys keys = keys(payment, (input, key) -> input == at && key == own);
          signed.add(signed(payment, PsbtCodec.parse(text), keys));
        }
      }
    }
    return PsbtCombiner.combine(signed).orElseThrow();
  }

  private static SigningKeys keys(PsbtCase payment, BiPredicate<Integer, Integer> secrets)
      throws WalletException {
    SigningKeys keys = new SigningKeys();
    DescriptorKeys told =
        new DescriptorKeys(keys, Set.of(DescriptorKeys.Part.SECRETS, DescriptorKeys.Part.ORIGINS));
    for (int i = 0; i < payment.inputs().size(); i++) {
      int input = i;
      Descriptor descriptor =
          payment.inputs().get(i).lock().parsed(key -> secrets.test(input, key));
      told.add(descriptor, PsbtCase.INDEX);
      told.add(descriptor, PsbtCase.INDEX + 1);
    }
    return keys;
  }

  private static Psbt signed(PsbtCase payment, Psbt psbt, SigningKeys keys) {
    PsbtSigner signer = PsbtSigner.of(psbt).orElseThrow();
    List<PsbtInput> inputs = new ArrayList<>();
    for (int i = 0; i < payment.inputs().size(); i++) {
      PsbtSigner.Options options =
          new PsbtSigner.Options(payment.inputs().get(i).toldType(), false);
      inputs.add(signer.sign(i, psbt.inputs().get(i), keys, options).input());
    }
    return psbt.withInputs(inputs);
  }

  @Override
  public String combine(List<String> copies) throws DecodeException {
    int version = random.nextBoolean() ? 2 : 0;
    List<Psbt> all = new ArrayList<>();
    for (String copy : copies) {
      all.add(PsbtCodec.parse(copy).inVersion(version).orElseThrow());
    }
    return write(PsbtCombiner.combine(all).orElseThrow());
  }

  @Override
  public Optional<Transaction> finish(PsbtCase payment, String text) throws DecodeException {
    return PsbtFinalizer.finish(read(text)).transaction();
  }
}
