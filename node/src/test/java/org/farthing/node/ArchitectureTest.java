package org.farthing.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.List;
import org.farthing.testing.PackageOrder;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "org.farthing.node";
  private final PackageOrder packages = new PackageOrder(ROOT);

  @Test
  void aPackageImportsOnlyThoseBeforeIt() {
    packages.check(
        List.of(
            "time",
            "config",
            "wire",
            "i2p",
            "transport",
            "tor",
            "mempool",
            "peer",
            "sync",
            "mining",
            "stratum",
            "fee",
            "indexes",
            "wallets",
            "light",
            "zmq",
            "events",
            "rpc",
            "metrics",
            "app",
            "simulation",
            "cli"));
  }

  @Test
  void onlyTransportAndRpcKnowNetty() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + ".transport..", ROOT + ".rpc.http..", ROOT + ".rpc.electrum..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(packages.classes());
  }

  /** What is said over Stratum is decided without sockets. */
  @Test
  void stratumKnowsNoTransport() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".stratum..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".transport..", ROOT + ".peer..", ROOT + ".sync..")
        .check(packages.classes());
  }

  @Test
  void onlyItsPublisherKnowsZeroMq() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".zmq..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.zeromq..", "zmq..")
        .check(packages.classes());
  }

  @Test
  void onlyMetricsKnowPrometheus() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.prometheus..")
        .check(packages.classes());
  }

  @Test
  void onlyTheCommandLineKnowsHowLogsAreWritten() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".cli.logging..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ch.qos.logback..")
        .check(packages.classes());
  }

  @Test
  void nobodyKnowsTheLibrariesBelowConsensus() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.rocksdb..", "org.bouncycastle..", "fr.acinq..")
        .check(packages.classes());
  }

  @Test
  void methodsReachTheNodeThroughPortsOnly() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".rpc.method..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".peer..", ROOT + ".sync..", ROOT + ".rpc.http..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ROOT + ".mempool.Mempool")
        .check(packages.classes());
  }
}
