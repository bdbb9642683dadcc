package org.farthing.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {
  @TempDir Path folder;

  private OptionValues options(String... pairs) {
    OptionValues values = new OptionValues().add(Option.DATA_DIR, folder.toString());
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      Option option = Option.named(pair.substring(0, equals)).orElseThrow();
      values.add(option, pair.substring(equals + 1));
    }
    return values;
  }

  private NodeConfig parse(Map<String, String> environment, String... pairs)
      throws ConfigException {
    return Options.parse(options(pairs), environment).config();
  }

  @Test
  void theDefaultsAreThoseOfFarthingsOwnNetwork() throws ConfigException {
    NodeConfig config = parse(Map.of());
    assertThat(config.params().network().name()).isEqualTo("testnet");
    assertThat(config.p2p().port()).isEqualTo(28760);
    assertThat(config.rpc().listen().port()).isEqualTo(28761);
    assertThat(config.rpc().listen().binds())
        .extracting(BindAddress::host)
        .containsExactly("127.0.0.1", "::1");
    assertThat(config.rpc().access().cookie())
        .contains(new RpcConfig.CookieFile(config.data().cookie(), Optional.empty()));
    assertThat(config.data().folder()).isEqualTo(folder.resolve("testnet"));
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws Exception {
    Files.writeString(
        folder.resolve("farthing.conf"),
        """
        network = regtest   # a comment
        rpcport=1
        dbcache=100
        max-mempool=50
        max-mempool=60
        [regtest]
        rpcport=2
        seed=a.example
        [testnet]
        seed=b.example
        """);
    NodeConfig config =
        parse(
            Map.of("FARTHING_RPC_PORT", "3", "FARTHING_DB_CACHE", "200", "PATH", "x"),
            "rpc-port=0",
            "seed=c.example");
    assertThat(config.params().network().name()).isEqualTo("regtest");
    assertThat(config.rpc().listen().port()).isZero();
    assertThat(config.limits().dbCacheMiB()).isEqualTo(200);
    assertThat(config.limits().maxMempoolMb()).isEqualTo(50);
    assertThat(config.p2p().outgoing().seeds()).containsExactly("c.example", "a.example");
  }

  @Test
  void whatIsUnknownInFileAndEnvironmentIsAWarning() throws Exception {
    Files.writeString(folder.resolve("farthing.conf"), "nonsense=1\n");
    assertThat(Options.parse(options(), Map.of("FARTHING_NONSENSE", "1")).warnings())
        .hasSize(2)
        .allMatch(warning -> warning.toLowerCase(Locale.ROOT).contains("nonsense"));
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> parse(Map.of(), "port=70000"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("port: expected a whole number from 0 to 65535, not '70000'");
    assertThatThrownBy(() -> parse(Map.of(), "network=mainnet"))
        .hasMessage("network: 'mainnet' is not known; use testnet or regtest or signet");
    assertThatThrownBy(() -> parse(Map.of(), "log-level=loud"))
        .hasMessageContaining("trace, debug, info, warn, error");
    assertThatThrownBy(() -> parse(Map.of(), "rpc-user=a"))
        .hasMessage("rpc-user needs rpc-password");
    assertThatThrownBy(() -> parse(Map.of(), "rpc-auth=a")).hasMessageContaining("user:salt$hmac");
    assertThatThrownBy(() -> parse(Map.of(), "listen=perhaps")).hasMessageContaining("1 or 0");
    assertThatThrownBy(() -> parse(Map.of(), "conf=missing.conf"))
        .hasMessageContaining("cannot read the configuration file");
  }

  @Test
  void aPasswordTakesThePlaceOfTheCookie() throws ConfigException {
    RpcConfig rpc = parse(Map.of(), "rpc-user=a", "rpc-password=b").rpc();
    assertThat(rpc.access().cookie()).isEmpty();
    RpcLogin login = rpc.access().password().orElseThrow();
    assertThat(login.matches("a", "b")).isTrue();
    assertThat(login.matches("a", "c")).isFalse();
    assertThat(login.toString()).isEqualTo("RpcLogin a");
  }

  @Test
  void rpcAuthIsBitcoinCores() throws ConfigException {
    // From the documentation of Bitcoin Core's share/rpcauth and test/functional/rpc_users.py.
    RpcLogin login =
        RpcLogin.parse(
            "rt:93648e835a54c573682c2eb19f882535$7681e9c5b74bdd85e78166031d2058e1069b3ed7ed967c93fc63abba06f31144");
    assertThat(login.matches("rt", "cA773lm788buwYe4g4WT+05pKyNruVKjQ25x3n0DQcM=")).isTrue();
    assertThat(login.matches("rt", "wrong")).isFalse();
    assertThat(login.matches("rt2", "cA773lm788buwYe4g4WT+05pKyNruVKjQ25x3n0DQcM=")).isFalse();
  }
}
