package org.farthing.node.config.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.params.Deployment;
import org.farthing.node.config.ChainConfig;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.LogCategory;
import org.farthing.node.config.LogConfig;
import org.farthing.node.config.MiningConfig;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.WalletConfig;
import org.farthing.wallet.address.AddressType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoreOptionsTest {
  @TempDir Path folder;

  private CoreOptions.Result read(Map<String, String> environment, String... options)
      throws ConfigException {
    List<String> commandLine = new ArrayList<>(List.of("-datadir=" + folder));
    commandLine.addAll(List.of(options));
    return CoreOptions.of(commandLine).read(environment);
  }

  private NodeConfig regtest(String... options) throws ConfigException {
    List<String> all = new ArrayList<>(List.of("-regtest"));
    all.addAll(List.of(options));
    return read(Map.of(), all.toArray(String[]::new)).parsed().config();
  }

  private void file(String... lines) throws IOException {
    Files.write(folder.resolve("bitcoin.conf"), List.of(lines));
  }

  @Test
  void oneHyphenOrTwoAndNegation() throws Exception {
    assertThat(regtest("-listen").p2p().listen()).isTrue();
    assertThat(regtest("--listen=0").p2p().listen()).isFalse();
    assertThat(regtest("-nolisten").p2p().listen()).isFalse();
    assertThat(regtest("--nolisten=0").p2p().listen()).isTrue();
    assertThat(regtest("-listen=0", "-listen=1").p2p().listen()).isTrue();
  }

  @Test
  void whatTheTestsOfBitcoinCoreSayIsUnderstood() throws Exception {
    file(
        "regtest=1",
        "[regtest]",
        "port=11000",
        "rpcport=16000",
        "rpcservertimeout=99000",
        "rpcdoccheck=1",
        "rpcthreads=2",
        "fallbackfee=0.0002",
        "server=1",
        "keypool=1",
        "discover=0",
        "dnsseed=0",
        "fixedseeds=0",
        "listenonion=0",
        "peertimeout=999999999",
        "printtoconsole=0",
        "natpmp=0",
        "shrinkdebugfile=0",
        "unsafesqlitesync=1",
        "connect=0",
        "maxconnections=94",
        "par=2",
        "prevoutfetchthreads=1",
        "bind=127.0.0.1");
    CoreOptions.Result result =
        read(
            Map.of(),
            "-logtimemicros",
            "-debug",
            "-debugexclude=leveldb",
            "-uacomment=testnode0",
            "-logthreadnames",
            "-logsourcelocations",
            "-loglevel=trace",
            "-nologratelimit",
            "-v2transport=0");
    NodeConfig config = result.parsed().config();
    assertThat(result.parsed().warnings()).isEmpty();
    assertThat(result.notices()).isEmpty();
    assertThat(config.params().network().name()).isEqualTo("regtest");
    assertThat(config.data().pid()).isEqualTo(folder.resolve("regtest/bitcoind.pid"));
    assertThat(config.p2p().listen()).isTrue();
    assertThat(config.p2p().port()).isEqualTo(11000);
    assertThat(config.p2p().binds())
        .singleElement()
        .satisfies(b -> assertThat(b.host()).isEqualTo("127.0.0.1"));
    assertThat(config.p2p().outgoing().automatic()).isFalse();
    assertThat(config.p2p().outgoing().connect()).isEmpty();
    assertThat(config.p2p().peers().maxConnections()).isEqualTo(94);
    assertThat(config.rpc().listen().port()).isEqualTo(16000);
    assertThat(config.identity().userAgentComments()).containsExactly("testnode0");
    assertThat(config.log().level()).isEqualTo(LogConfig.Level.INFO);
    assertThat(config.log().details())
        .containsEntry(LogCategory.NET, LogConfig.Level.TRACE)
        .doesNotContainKey(LogCategory.LEVELDB);
    assertThat(config.log().line()).isEqualTo(new LogConfig.LineFormat(true, true, true, false));
  }

  @Test
  void inTheFileTheFirstValueWinsOnTheCommandLineTheLast() throws Exception {
    file("[regtest]", "maxmempool=10", "maxmempool=20", "dbcache=10");
    assertThat(regtest().limits().maxMempoolMb()).isEqualTo(10);
    assertThat(regtest("-maxmempool=30", "-maxmempool=40").limits().maxMempoolMb()).isEqualTo(40);
    assertThat(
            read(Map.of("FARTHING_DBCACHE", "50"), "-regtest")
                .parsed()
                .config()
                .limits()
                .dbCacheMiB())
        .isEqualTo(50);
  }

  @Test
  void listsGrowUntilOneIsNegated() throws Exception {
    file("[regtest]", "addnode=10.0.0.1");
    assertThat(regtest("-addnode=10.0.0.2").p2p().outgoing().addNodes())
        .containsExactly("10.0.0.2", "10.0.0.1");
    assertThat(regtest("-noaddnode").p2p().outgoing().addNodes()).isEmpty();
    assertThat(regtest("-addnode=10.0.0.3", "-noaddnode", "-addnode=10.0.0.4"))
        .extracting(config -> config.p2p().outgoing().addNodes())
        .isEqualTo(List.of("10.0.0.4"));
  }

  @Test
  void sectionsOfOtherNetworksDoNotCount() throws Exception {
    file("dbcache=5", "signet.dbcache=6", "[signet]", "dbcache=7", "[regtest]", "rpcport=1");
    assertThat(regtest().limits().dbCacheMiB()).isEqualTo(5);
    assertThat(regtest().rpc().listen().port()).isEqualTo(1);
  }

  @Test
  void optionsOfOneNetworkBelongInItsSection() throws Exception {
    file("port=1", "wallet=w");
    assertThatThrownBy(this::regtest)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Config setting for -port only applied on regtest network when in [regtest] section.\n"
                + "Config setting for -wallet only applied on regtest network when in [regtest]"
                + " section.");
    assertThat(regtest("-port=2", "-nowallet").p2p().port()).isEqualTo(2);
  }

  @Test
  void filesCanBeIncludedAndDeclined() throws Exception {
    file("includeconf=more.conf", "[regtest]", "includeconf=even-more.conf");
    Files.writeString(folder.resolve("more.conf"), "dbcache=8\n");
    Files.writeString(folder.resolve("even-more.conf"), "maxmempool=9\ndbcache=9\n");
    assertThat(regtest().limits().maxMempoolMb()).isEqualTo(9);
    assertThat(regtest().limits().dbCacheMiB()).isEqualTo(9);
    assertThat(regtest("-noincludeconf").limits().maxMempoolMb()).isEqualTo(300);
    assertThat(regtest("-noconf").limits().maxMempoolMb()).isEqualTo(300);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-foo | Error parsing command line arguments: Invalid parameter -foo",
        "--foo=1 | Error parsing command line arguments: Invalid parameter --foo=1",
        "-regtest.port=1 | Error parsing command line arguments: Invalid parameter -regtest.port=1",
        "-mine=1 | Error parsing command line arguments: Invalid parameter -mine=1",
        "-max-mempool=9 | Error parsing command line arguments: Invalid parameter -max-mempool=9",
        "foo | Command line contains unexpected token 'foo', see bitcoind -h for a list of"
            + " options.",
        "-prune=-1 | Prune cannot be configured with a negative value.",
        "-prune=549 | Prune configured below the minimum of 550 MiB.  Please use a higher number.",
        "-blockfilterindex=abc | Unknown -blockfilterindex value abc.",
        "-signet | Invalid combination of -regtest, -signet, -testnet, -testnet4 and -chain. Can"
            + " use at most one.",
        "-whitelist=noban@nowhere | Invalid netmask specified in -whitelist: 'nowhere'",
        "-whitelist=nonsense@1.1.1.1 | Invalid P2P permission: 'nonsense'",
        "-testactivationheight=segwit | Invalid format (segwit) for"
            + " -testactivationheight=name@height.",
        "-testactivationheight=x@1 | Invalid name (x@1) for -testactivationheight=name@height.",
        "-blockreservedweight=1999 | -blockreservedweight (1999) is lower than minimum safety value"
            + " of (2000)",
        "-blockreservedweight=4000001 | -blockreservedweight (4000001) exceeds consensus maximum"
            + " block weight (4000000)",
        "-blockmaxweight=4000001 | -blockmaxweight (4000001) exceeds consensus maximum block weight"
            + " (4000000)",
        "-blockmaxweight=7999 | -blockreservedweight (8000) exceeds -blockmaxweight (7999)",
        "-addresstype=x | Unknown address type 'x'",
        "-changetype=x | Unknown change type 'x'",
        "-uacomment=a/b | User Agent comment (a/b) contains unsafe characters.",
      })
  void mistakesAreNamed(String option, String message) {
    assertThatThrownBy(() -> regtest(option))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @Test
  void includeconfIsForFilesOnly() {
    assertThatThrownBy(() -> CoreOptions.of(List.of("-includeconf=a.conf")))
        .hasMessage(
            "Error parsing command line arguments: -includeconf cannot be used from commandline;"
                + " -includeconf=\"a.conf\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-dash=1 | parse error on line 1: -dash=1, options in configuration file must be specified"
            + " without leading -",
        "nono | parse error on line 1: nono, if you intended to specify a negated option, use"
            + " nono=1 instead",
        "nonsense | parse error on line 1: nonsense, if you intended to specify a negated option,"
            + " use nonsense=1 instead",
        "server | parse error on line 1: server",
        "rpcpassword=a#b | parse error on line 1, using # in rpcpassword can be ambiguous and"
            + " should be avoided",
        "conf=x | conf cannot be set in the configuration file; use includeconf= if you want to"
            + " include additional config files",
      })
  void mistakesOfTheFileAreNamed(String line, String message) throws Exception {
    file(line);
    assertThatThrownBy(this::regtest).hasMessage("Error reading configuration file: " + message);
  }

  @Test
  void whatIsUnknownInTheFileIsAWarning() throws Exception {
    file("nonsense=1", "[regtest]", "blah=2", "[elsewhere]", "port=1");
    CoreOptions.Result result = read(Map.of(), "-regtest");
    assertThat(result.parsed().warnings())
        .containsExactly(
            "Ignoring unknown configuration value nonsense",
            "Ignoring unknown configuration value regtest.blah");
    assertThat(result.notices())
        .containsExactly(
            "Warning: "
                + folder.resolve("bitcoin.conf")
                + ":4 Section [elsewhere] is not recognized.");
  }

  @Test
  void aMissingDataDirectoryIsNotMade() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(
            () -> CoreOptions.of(List.of("-regtest", "-datadir=" + missing)).read(Map.of()))
        .hasMessage("Specified data directory \"" + missing + "\" does not exist.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-chain=main", "-testnet", "-testnet4", "-chain=test", "-chain=nowhere"})
  void networksThatWeDoNotHaveAreRefused(String option) {
    assertThatThrownBy(() -> read(Map.of(), option))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(option.substring(option.indexOf('=') + 1).replace("-", ""));
    assertThatThrownBy(() -> read(Map.of())).hasMessageContaining("main network");
  }

  @Test
  void networksAreChosenByName() throws Exception {
    assertThat(read(Map.of(), "-signet").parsed().config().data().folder())
        .isEqualTo(folder.resolve("signet"));
    assertThat(read(Map.of(), "-chain=regtest").parsed().config().data().folder())
        .isEqualTo(folder.resolve("regtest"));
    assertThat(read(Map.of(), "-chain=testnet").parsed().config().params().network().magic())
        .isEqualTo(0xf4727468);
  }

  @Test
  void theChainIsConfigured() throws Exception {
    ChainConfig chain =
        regtest(
                "-minimumchainwork=0x65",
                "-assumevalid=0",
                "-prune=1",
                "-fastprune",
                "-reindex",
                "-checkblocks=5",
                "-checklevel=2",
                "-maxtipage=10")
            .chain();
    assertThat(chain.minimumChainWork().orElseThrow()).isEqualTo(0x65);
    assertThat(chain.assumeValid().orElseThrow().toString()).isEqualTo("0".repeat(64));
    assertThat(chain.pruning())
        .isEqualTo(new ChainConfig.Pruning(ChainConfig.Pruning.Mode.BY_RPC, 0, true));
    assertThat(chain.rebuild()).isEqualTo(ChainConfig.Rebuild.LEDGER);
    assertThat(chain.startCheck().blocks()).hasValue(5);
    assertThat(chain.startCheck().level()).hasValue(2);
    assertThat(chain.maxTipAgeSeconds()).hasValue(10);
  }

  @Test
  void rulesMoveWithTheOptions() throws Exception {
    NodeConfig config = regtest("-testactivationheight=segwit@10", "-testactivationheight=bip34@2");
    assertThat(config.params().isActive(Deployment.SEGWIT, 9)).isFalse();
    assertThat(config.params().isActive(Deployment.SEGWIT, 10)).isTrue();
    assertThat(config.params().isActive(Deployment.BIP34, 1)).isFalse();
    assertThatThrownBy(() -> regtest("-vbparams=nonsense:0:1"))
        .hasMessage("Invalid deployment (nonsense)");
    assertThatThrownBy(() -> regtest("-vbparams=testdummy:x:1"))
        .hasMessage("Invalid nStartTime (x)");
  }

  @Test
  void blocksAreFilledAsConfigured() throws Exception {
    MiningConfig.Templates usual = regtest().mining().templates();
    assertThat(usual.maxWeight()).isEmpty();
    assertThat(usual.minSatPerKvb()).isEmpty();
    MiningConfig.Templates templates =
        regtest(
                "-blockmaxweight=400000",
                "-blockreservedweight=2000",
                "-blockmintxfee=0.00001",
                "-blockversion=1337")
            .mining()
            .templates();
    assertThat(templates.maxWeight()).hasValue(400_000);
    assertThat(templates.reservedWeight()).hasValue(2_000);
    assertThat(templates.minSatPerKvb()).hasValue(1_000);
    assertThat(templates.version()).hasValue(1337);
  }

  @Test
  void walletsAreAsConfigured() throws Exception {
    WalletConfig usual = regtest().wallets();
    assertThat(usual.enabled()).isTrue();
    assertThat(usual.addressType()).isEqualTo(AddressType.BECH32);
    assertThat(usual.changeType()).isEmpty();
    assertThat(usual.keypool()).isEmpty();
    // As in Bitcoin Core: no rate is guessed unless somebody says which.
    assertThat(usual.fees().fallback()).isZero();
    WalletConfig other =
        regtest(
                "-disablewallet",
                "-addresstype=p2sh-segwit",
                "-changetype=bech32m",
                "-keypool=7",
                "-fallbackfee=0.0002")
            .wallets();
    assertThat(other.enabled()).isFalse();
    assertThat(other.addressType()).isEqualTo(AddressType.P2SH_SEGWIT);
    assertThat(other.changeType()).contains(AddressType.BECH32M);
    assertThat(other.keypool()).hasValue(7);
    assertThat(regtest("-keypool=0").wallets().keypool()).hasValue(1);
    assertThatThrownBy(() -> regtest("-keypool=10000001"))
        .hasMessageContaining("a whole number from 0 to 1000000");
    assertThat(other.fees().fallback()).isEqualTo(20_000);
  }

  @Test
  void everyNameHasOneMeaning() {
    assertThat(CoreName.all()).contains("regtest", "datadir", "rpcauth", "txindex", "whitelist");
    assertThat(CoreName.all()).doesNotContain("network", "mine", "workers", "seed");
  }

  @Test
  void helpAndVersionNeedNoNode() throws Exception {
    assertThat(CoreOptions.of(List.of("-version")).request())
        .isEqualTo(CoreOptions.Request.VERSION);
    assertThat(CoreOptions.of(List.of("-?")).request()).isEqualTo(CoreOptions.Request.HELP);
    assertThat(CoreOptions.of(List.of("-help")).request()).isEqualTo(CoreOptions.Request.HELP);
    assertThat(CoreOptions.of(List.of("-nohelp")).request()).isEqualTo(CoreOptions.Request.NODE);
  }

  private static final String INTERACTION =
      "parameter interaction: -connect or -maxconnections=0 set -> setting ";

  private List<String> remarks(String... options) throws ConfigException {
    return read(Map.of(), options).remarks();
  }

  @Test
  void whatOptionsDoToEachOtherIsSaid() throws Exception {
    for (String option : List.of("-connect=0", "-noconnect", "-maxconnections=0")) {
      assertThat(remarks("-regtest", option))
          .contains(INTERACTION + "-dnsseed=0", INTERACTION + "-listen=0");
      assertThat(remarks("-regtest", option, "-dnsseed=0", "-bind=127.0.0.1"))
          .noneMatch(text -> text.startsWith(INTERACTION));
    }
    assertThat(remarks("-regtest", "-connect=a", "-seednode=b"))
        .contains("-seednode is ignored when -connect is used");
    assertThat(remarks("-regtest", "-connect=0", "-seednode=b"))
        .doesNotContain("-seednode is ignored when -connect is used");
    String names = "-dnsseed is ignored when -connect is used and -proxy is specified";
    assertThat(remarks("-regtest", "-connect=a", "-proxy=127.0.0.1:1", "-dnsseed")).contains(names);
    assertThat(remarks("-regtest", "-connect=a", "-proxy=127.0.0.1:1")).doesNotContain(names);
  }

  @Test
  void whoSharesCircuitsWithPrivateBroadcastIsWarned() throws Exception {
    String[] options = {"-regtest", "-privatebroadcast", "-onion=127.0.0.1:9050"};
    assertThat(read(Map.of(), options).notices()).isEmpty();
    assertThat(read(Map.of(), options[0], options[1], options[2], "-proxyrandomize=0").notices())
        .singleElement()
        .asString()
        .startsWith("Warning: Private broadcast of own transactions requested");
  }
}
