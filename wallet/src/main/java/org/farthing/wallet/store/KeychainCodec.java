package org.farthing.wallet.store;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.descriptor.PackedScripts;

/** The bytes of the records about keychains, as {@link RecordCodec} says. */
// Places in enums are the format: new constants stand last.
@SuppressWarnings("EnumOrdinal")
final class KeychainCodec {
  private static final int KEYCHAIN_ADDED = 3;
  private static final int KEYCHAIN_PROGRESS = 4;
  private static final int KEYCHAIN_DETAILS = 10;
  private static final int KEYS_TAUGHT = 11;
  private static final int ACTIVATED = 12;
  private static final int SCRIPTS_DERIVED = 18;

  private KeychainCodec() {}

  static void write(WalletRecord.OfKeychain entry, ByteWriter out) {
    if (entry instanceof WalletRecord.KeychainAdded added) {
      out.uint8(KEYCHAIN_ADDED).int32(added.id()).uint8(added.role().ordinal());
      RecordCodec.text(out, added.descriptor());
    } else if (entry instanceof WalletRecord.KeychainProgress progress) {
      out.uint8(KEYCHAIN_PROGRESS).int32(progress.id()).int32(progress.next());
    } else if (entry instanceof WalletRecord.KeychainDetails details) {
      out.uint8(KEYCHAIN_DETAILS).int32(details.id());
      RecordCodec.text(out, details.source());
      out.int64(details.createdSeconds()).int32(details.first()).int32(details.end());
      out.compactSize(details.ownKeys().size());
      details.ownKeys().forEach(out::int32);
    } else if (entry instanceof WalletRecord.KeysTaught taught) {
      out.uint8(KEYS_TAUGHT).int32(taught.id()).int32(taught.index());
      out.compactSize(taught.publicKeys().size());
      taught.publicKeys().forEach(key -> RecordCodec.text(out, key));
    } else if (entry instanceof WalletRecord.Activated activated) {
      out.uint8(ACTIVATED).uint8(activated.type().ordinal()).uint8(activated.role().ordinal());
      out.int32(activated.id());
    } else if (entry instanceof WalletRecord.ScriptsDerived derived) {
      out.uint8(SCRIPTS_DERIVED).int32(derived.id()).int32(derived.block());
      derived.scripts().writeTo(out);
    }
  }

  static WalletRecord read(int kind, ByteReader in) throws DecodeException {
    return switch (kind) {
      case KEYCHAIN_ADDED ->
          new WalletRecord.KeychainAdded(in.int32(), one(Role.values(), in), RecordCodec.text(in));
      case KEYCHAIN_PROGRESS -> new WalletRecord.KeychainProgress(in.int32(), in.int32());
      case KEYCHAIN_DETAILS ->
          new WalletRecord.KeychainDetails(
              in.int32(),
              RecordCodec.text(in),
              in.int64(),
              in.int32(),
              in.int32(),
              readNumbers(in));
      case KEYS_TAUGHT -> new WalletRecord.KeysTaught(in.int32(), in.int32(), readTexts(in));
      case ACTIVATED ->
          new WalletRecord.Activated(
              one(AddressType.values(), in), one(Role.values(), in), in.int32());
      case SCRIPTS_DERIVED ->
          new WalletRecord.ScriptsDerived(in.int32(), in.int32(), PackedScripts.read(in));
      default -> throw new DecodeException("unknown kind of record: " + kind);
    };
  }

  /** The order of the constants is part of the format: new ones come last. */
  private static <E extends Enum<E>> E one(E[] constants, ByteReader in) throws DecodeException {
    int ordinal = in.uint8();
    if (ordinal >= constants.length) {
      throw new DecodeException("unknown constant " + ordinal + " beside " + constants[0]);
    }
    return constants[ordinal];
  }

  private static List<Integer> readNumbers(ByteReader in) throws DecodeException {
    int count = in.count(Integer.BYTES);
    List<Integer> numbers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      numbers.add(in.int32());
    }
    return numbers;
  }

  private static List<String> readTexts(ByteReader in) throws DecodeException {
    int count = in.count(1);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(RecordCodec.text(in));
    }
    return texts;
  }
}
