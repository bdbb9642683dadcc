package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpcArgumentsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          getblockhash     | 0 | 12      | 12
          getblock         | 1 | true    | true
          createrawtransaction | 0 | [1,2] | [1,2]
          createrawtransaction | 1 | {"a":0.10} | {"a":0.10}
          sendtoaddress    | 1 | 0.10    | 0.10
          sendtoaddress    | 0 | bcrt1q  | "bcrt1q"
          walletpassphrase | 0 | 1234    | "1234"
          walletpassphrase | 1 | 60      | 60
          createwallet     | 0 | true    | "true"
          getnewaddress    | 0 | 7       | "7"
          gettransaction   | 0 | 0000000000000000000000000000000000000000000000000000000000000012 | "0000000000000000000000000000000000000000000000000000000000000012"
          getblockhash     | 0 | -1      | -1
          help             | 0 | [       | "["
          """)
  void argumentsAreJsonWhereTheyReadAsJson(
      String method, int position, String text, String expected) {
    assertThat(RpcArguments.value(method, position, text)).hasToString(expected);
  }

  @Test
  void namedOnesGoByTheirNames() {
    assertThat(RpcArguments.value("passphrase", "1234")).hasToString("\"1234\"");
    assertThat(RpcArguments.value("timeout", "60")).hasToString("60");
    assertThat(RpcArguments.value("verbose", "null")).hasToString("null");
  }
}
