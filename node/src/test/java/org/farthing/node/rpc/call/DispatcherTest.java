package org.farthing.node.rpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private final Dispatcher dispatcher = new Dispatcher();

  @BeforeEach
  void ready() {
    dispatcher.ready(
        new MethodTable(
            List.of(
                TestMethods.echo(),
                TestMethods.pay(),
                TestMethods.refuse(),
                TestMethods.broken())));
  }

  private Reply send(String body) {
    return dispatcher.handle(
        body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
        new Caller("user", Optional.empty()));
  }

  private static String text(Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8).strip().replace('"', '\'');
  }

  @Test
  void versionOneHasResultAndError() {
    Reply reply = send("{'method':'echo','params':['a'],'id':1}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(text(reply))
        .isEqualTo("{'result':{'text':'a','number':7,'sat':-1},'error':null,'id':1}");
  }

  @Test
  void versionTwoHasNoErrorOnSuccess() {
    Reply reply = send("{'jsonrpc':'2.0','method':'echo','params':['a',2],'id':'x'}");
    assertThat(text(reply))
        .isEqualTo("{'jsonrpc':'2.0','result':{'text':'a','number':2,'sat':-1},'id':'x'}");
  }

  @Test
  void errorsChangeTheStatusInVersionOneOnly() {
    assertThat(send("{'method':'refuse','id':1}").status()).isEqualTo(500);
    assertThat(send("{'method':'nothing','id':1}").status()).isEqualTo(404);
    assertThat(send("{'id':1}").status()).isEqualTo(400);
    Reply reply = send("{'jsonrpc':'2.0','method':'refuse','id':1}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(text(reply))
        .isEqualTo("{'jsonrpc':'2.0','error':{'code':-8,'message':'no'},'id':1}");
  }

  @Test
  void malformedJsonIsAParseError() {
    for (String body : List.of("", "this is bad", "{'a':", "[1,2", "{} {}")) {
      Reply reply = send(body);
      assertThat(reply.status()).isEqualTo(500);
      assertThat(text(reply))
          .isEqualTo("{'result':null,'error':{'code':-32700,'message':'Parse error'},'id':null}");
    }
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(text(send("[".repeat(100_000)))).contains("-32700");
  }

  @Test
  void versionsAreChecked() {
    assertThat(text(send("{'jsonrpc':2,'method':'echo'}")))
        .contains("-32600", "jsonrpc field must be a string");
    assertThat(text(send("{'jsonrpc':'3.0','method':'echo'}")))
        .contains("-32600", "JSON-RPC version not supported");
    assertThat(text(send("{'jsonrpc':'1.0','method':'echo','params':['a']}"))).contains("'a'");
  }

  @Test
  void aNotificationGetsNoAnswer() {
    assertThat(send("{'jsonrpc':'2.0','method':'echo','params':['a']}").status()).isEqualTo(204);
    assertThat(send("{'jsonrpc':'2.0','method':'refuse'}").status()).isEqualTo(204);
    assertThat(send("{'jsonrpc':'2.0','method':'echo','params':['a'],'id':null}").status())
        .isEqualTo(200);
  }

  @Test
  void aBatchAnswersEachButNotifications() {
    Reply reply =
        send(
            "[{'method':'echo','params':['a'],'id':1},{'method':'nothing','id':2},"
                + "{'jsonrpc':'2.0','method':'echo','params':['b']},{'pizza':1,'id':3},7]");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(text(reply))
        .isEqualTo(
            "[{'result':{'text':'a','number':7,'sat':-1},'error':null,'id':1},"
                + "{'result':null,'error':{'code':-32601,'message':'Method not found'},'id':2},"
                + "{'result':null,'error':{'code':-32600,'message':'Missing method'},'id':3},"
                + "{'result':null,'error':{'code':-32600,'message':'Invalid Request object'}}]");
    assertThat(text(send("[]"))).isEqualTo("[]");
    assertThat(send("[{'jsonrpc':'2.0','method':'refuse'}]").status()).isEqualTo(204);
  }

  @Test
  void parametersMayBeNamedAndMixed() {
    assertThat(text(send("{'method':'echo','params':{'number':3,'text':'a'}}")))
        .contains("'text':'a','number':3");
    assertThat(text(send("{'method':'echo','params':{'args':['a'],'number':3}}")))
        .contains("'text':'a','number':3");
    assertThat(text(send("{'method':'echo','params':{'args':['a'],'text':'b'}}")))
        .contains("-8", "Parameter text specified twice both as positional and named argument");
    assertThat(text(send("{'method':'echo','params':{'other':1}}")))
        .contains("-8", "Unknown named parameter other");
  }

  @Test
  void whatIsNamedTwiceIsRefused() {
    assertThat(text(send("{'method':'echo','params':{'text':'a','text':'b'}}")))
        .contains("-8", "Parameter text specified multiple times");
    assertThat(text(send("{'method':'echo','method':'nothing','params':['a'],'id':1}")))
        .contains("'text':'a'");
  }

  @Test
  void aRequestThatWouldFillTheMemoryIsRefused() {
    byte[] body = ("[" + "{},".repeat(100_000) + "{}]").getBytes(StandardCharsets.UTF_8);
    Budget budget = new Budget(1_000_000);
    Budget.Account account = budget.open();
    Caller caller = new Caller("user", Optional.empty());
    Work work = dispatcher.prepare(body, body.length, caller, account);
    assertThat(work.run().status()).isEqualTo(503);
    assertThat(budget.taken()).isPositive();
    account.close();
    assertThat(budget.taken()).isZero();
  }

  @Test
  void fieldsOfOptionsMayBeNamedAsParameters() {
    assertThat(text(send("{'method':'pay','params':{'to':'a','feerate':3}}")))
        .contains("'to':'a','options':{'fee_rate':3}");
    assertThat(text(send("{'method':'pay','params':{'args':['a'],'fee_rate':3}}")))
        .contains("'to':'a','options':{'fee_rate':3}");
    assertThat(text(send("{'method':'pay','params':['a',{'fee_rate':3}]}")))
        .contains("'to':'a','options':{'fee_rate':3}");
    assertThat(text(send("{'method':'pay','params':{'args':['a',{}],'fee_rate':3}}")))
        .contains("Parameter options specified twice both as positional and named argument");
    assertThat(text(send("{'method':'pay','params':{'to':'a','fee_rate':3,'options':{}}}")))
        .contains("Parameter options conflicts with parameter fee_rate");
    assertThat(text(send("{'method':'pay','params':['a',{'other':3}]}")))
        .contains("-3", "Unexpected key other");
    assertThat(text(send("{'method':'pay','params':['a',{'fee_rate':'x'}]}")))
        .contains(
            "-3", "JSON value of type string for field fee_rate is not of expected type number");
    assertThat(text(send("{'method':'pay','params':['a',{'fee_rate':null}]}")))
        .contains("'options':{}");
  }

  @Test
  void typesAndCountsAreChecked() {
    assertThat(text(send("{'method':'echo','params':[1]}")))
        .contains(
            "'code':-3", "JSON value of type number is not of expected type string", "Position 1");
    assertThat(text(send("{'method':'echo'}"))).contains("'code':-1", "Arguments:");
    assertThat(text(send("{'method':'echo','params':['a',1,1,1]}"))).contains("'code':-1");
    assertThat(text(send("{'method':'echo','params':['a',1.5]}")))
        .contains("JSON integer out of range");
  }

  @Test
  void amountsAreExact() {
    assertThat(text(send("{'method':'echo','params':['a',1,0.1]}"))).contains("'sat':10000000");
    assertThat(text(send("{'method':'echo','params':['a',1,20999999.99999999]}")))
        .contains("'sat':2099999999999999");
    assertThat(text(send("{'method':'echo','params':['a',1,'0.00000001']}"))).contains("'sat':1");
    assertThat(text(send("{'method':'echo','params':['a',1,0.000000001]}")))
        .contains("-3", "Invalid amount");
    assertThat(text(send("{'method':'echo','params':['a',1,-1]}")))
        .contains("-3", "Amount out of range");
    assertThat(text(send("{'method':'echo','params':['a',1,true]}")))
        .contains("-3", "Amount is not a number or string");
  }

  @Test
  void aBugIsAnInternalError() {
    assertThat(text(send("{'method':'broken'}"))).contains("-32603", "a bug");
  }

  @Test
  void beforeTheNodeIsReadyThereIsTheStage() {
    Dispatcher starting = new Dispatcher();
    starting.warmup("Loading blocks");
    Reply reply =
        starting.handle(
            "{\"method\":\"echo\"}".getBytes(StandardCharsets.UTF_8),
            new Caller("user", Optional.empty()));
    assertThat(text(reply)).contains("-28", "Loading blocks");
  }
}
