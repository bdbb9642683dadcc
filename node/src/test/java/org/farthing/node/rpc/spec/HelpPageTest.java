package org.farthing.node.rpc.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The layout is that of Bitcoin Core's help, which programs read. */
class HelpPageTest {
  private static final Function<JsonNode, JsonNode> AS_IT_IS = Function.identity();

  private static final MethodSpec SPEC =
      MethodSpec.of("pay", Category.WALLET, "Pays.\nAtomically.")
          .takes(
              Param.any("outputs", "Whom to pay.", AS_IT_IS)
                  .oneOf(
                      Param.array(
                          "",
                          "",
                          Param.map("", "", Param.amount("address", "Coins")),
                          Param.object("", "", Param.hex("data", "Bytes")))),
              Param.text("label", "Of the\n   payment").alias("name").orNothing(),
              Param.options(
                      "options",
                      "",
                      Param.integer("conf_target", "In blocks").otherwise("the wallet's"),
                      Param.array(
                              "inputs",
                              "Spend these",
                              Param.object("", "", Param.hex("txid", "Id")))
                          .orNothing())
                  .orNothing(),
              Param.flag("secret", "Not shown").orNothing().hidden())
          .returns(Result.hex("", "if sent"))
          .returns(
              Result.object(
                  "",
                  "otherwise",
                  Result.array("outputs", "All", Result.number("", "")),
                  Result.either(
                          "scanning",
                          "How far",
                          Result.object("", "", Result.decimal("progress", "")),
                          Result.never())
                      .maybe()))
          .example("\"x\" 1");

  @Test
  void theFirstLineShowsTheParameters() {
    assertThat(HelpPage.summary(SPEC))
        .isEqualTo("pay [{\"address\":amount,...},{\"data\":\"hex\"},...] ( \"label\" options )");
    assertThat(HelpPage.summary(MethodSpec.of("stop", Category.CONTROL, ""))).isEqualTo("stop");
  }

  @Test
  void aPageHasColumns() {
    assertThat(HelpPage.of(SPEC))
        .isEqualTo(
            """
            pay [{"address":amount,...},{"data":"hex"},...] ( "label" options )

            Pays.
            Atomically.

            Arguments:
            1. outputs                     (json array, required) Whom to pay.
                 [
                   {                       (json object)
                     "address": amount,    (numeric or string, required) Coins
                     ...
                   },
                   {                       (json object)
                     "data": "hex",        (string, required) Bytes
                   },
                   ...
                 ]
            2. label                       (string, optional) Of the
                                           payment
            3. options                     (json object, optional) Options object that can be used to pass named arguments, listed below.

            Named Arguments:
            conf_target                (numeric, optional, default=the wallet's) In blocks
            inputs                     (json array, optional) Spend these
                 [
                   {                   (json object)
                     "txid": "hex",    (string, required) Id
                   },
                   ...
                 ]

            Result (if sent):
            "hex"    (string)

            Result (otherwise):
            {                     (json object)
              "outputs" : [       (json array) All
                n,                (numeric)
                ...
              ],
              "scanning" : {      (json object, optional) How far
                "progress" : n    (numeric)
              }
            }

            Examples:
            > farthing rpc pay "x" 1
            """);
  }
}
