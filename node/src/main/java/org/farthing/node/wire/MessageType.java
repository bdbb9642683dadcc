package org.farthing.node.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;

/**
 * The published kinds of messages, by their commands, in Bitcoin Core's order. Those without a
 * decoder are known by name only and arrive as {@link UnknownMessage}.
 */
@SuppressWarnings("ImmutableEnumChecker")
public enum MessageType {
  VERSION("version", Version::read),
  VERACK("verack", in -> new Verack()),
  ADDR("addr", Addr::read),
  ADDRV2("addrv2", AddrV2::read),
  SENDADDRV2("sendaddrv2", in -> new SendAddrV2()),
  INV("inv", Inv::read),
  GETDATA("getdata", GetData::read),
  MERKLEBLOCK("merkleblock", MerkleBlockMessage::read),
  GETBLOCKS("getblocks", GetBlocks::read),
  GETHEADERS("getheaders", GetHeaders::read),
  TX("tx", TxMessage::read),
  HEADERS("headers", Headers::read),
  BLOCK("block", BlockMessage::read),
  GETADDR("getaddr", in -> new GetAddr()),
  MEMPOOL("mempool", in -> new MempoolRequest()),
  PING("ping", Ping::read),
  PONG("pong", Pong::read),
  NOTFOUND("notfound", NotFound::read),
  FILTERLOAD("filterload", FilterLoad::read),
  FILTERADD("filteradd", FilterAdd::read),
  FILTERCLEAR("filterclear", in -> new FilterClear()),
  SENDHEADERS("sendheaders", in -> new SendHeaders()),
  FEEFILTER("feefilter", FeeFilter::read),
  SENDCMPCT("sendcmpct", SendCmpct::read),
  CMPCTBLOCK("cmpctblock", CmpctBlock::read),
  GETBLOCKTXN("getblocktxn", GetBlockTxn::read),
  BLOCKTXN("blocktxn", BlockTxn::read),
  GETCFILTERS("getcfilters", GetCFilters::read),
  CFILTER("cfilter", CFilter::read),
  GETCFHEADERS("getcfheaders", GetCFHeaders::read),
  CFHEADERS("cfheaders", CFHeaders::read),
  GETCFCHECKPT("getcfcheckpt", GetCFCheckpt::read),
  CFCHECKPT("cfcheckpt", CFCheckpt::read),
  WTXIDRELAY("wtxidrelay", in -> new WtxidRelay()),
  SENDTXRCNCL("sendtxrcncl", SendTxRcncl::read),
  FEATURE("feature", Feature::read),
  /** Farthing's own, for those who offer {@link Services#STEMS}. */
  STEMTX("stemtx", StemTx::read),
  /** Every command that nobody has defined; its name is the one that {@code getpeerinfo} shows. */
  OTHER("*other*");

  private static final Map<String, MessageType> BY_COMMAND =
      Arrays.stream(values())
          .filter(type -> type != OTHER)
          .collect(Collectors.toUnmodifiableMap(MessageType::command, Function.identity()));

  private final String command;

  // A reference to a static method is as immutable as the enum.
  private final Decoder decoder;

  MessageType(String command) {
    this(command, null);
  }

  MessageType(String command, Decoder decoder) {
    this.command = command;
    this.decoder = decoder;
  }

  @FunctionalInterface
  private interface Decoder {
    Message read(ByteReader in) throws DecodeException;
  }

  /** The type of this command, {@link #OTHER} if nobody has defined it. */
  public static MessageType of(String command) {
    return BY_COMMAND.getOrDefault(command, OTHER);
  }

  /** The name on the wire, at most twelve ASCII characters. */
  public String command() {
    return command;
  }

  boolean isDecoded() {
    return decoder != null;
  }

  Message read(ByteReader in) throws DecodeException {
    return decoder.read(in);
  }
}
