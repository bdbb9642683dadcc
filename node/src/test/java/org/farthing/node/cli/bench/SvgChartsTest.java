package org.farthing.node.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SvgChartsTest {
  private static Chart.Dot dot(double x, Double... seconds) {
    return new Chart.Dot(x, Figure.of("time", "s", List.of(seconds)));
  }

  private static List<Element> elements(String svg, String name) throws Exception {
    NodeList found =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)))
            .getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  @Test
  void aCurveGoesThroughItsMediansUpwardsFromZero() throws Exception {
    Chart chart =
        new Chart(
            "time by coins",
            "coins",
            List.of(
                new Chart.Curve(
                    "ours", List.of(dot(0, 0.0), dot(50, 4.0, 5.0, 9.0), dot(100, 10.0)))));
    List<Element> curves = elements(SvgCharts.draw(List.of(chart)), "polyline");
    assertThat(curves).hasSize(1);
    String[] points = curves.get(0).getAttribute("points").split("[ ,]", -1);
    double left = Double.parseDouble(points[0]);
    double bottom = Double.parseDouble(points[1]);
    double right = Double.parseDouble(points[4]);
    double top = Double.parseDouble(points[5]);
    assertThat(left).isLessThan(right);
    assertThat(top).isLessThan(bottom);
    assertThat(Double.parseDouble(points[2])).isEqualTo((left + right) / 2);
    assertThat(Double.parseDouble(points[3])).isEqualTo((top + bottom) / 2);
  }

  @Test
  void eachChartAndEachProgramHasItsName() throws Exception {
    Chart first =
        new Chart(
            "time by blocks",
            "empty blocks",
            List.of(
                new Chart.Curve("farthing", List.of(dot(1, 2.0))),
                new Chart.Curve("bitcoind", List.of(dot(1, 3.0)))));
    Chart second = new Chart("time by cores", "cores", first.curves());
    List<String> texts =
        elements(SvgCharts.draw(List.of(first, second)), "text").stream()
            .map(Element::getTextContent)
            .toList();
    assertThat(texts)
        .contains("time by blocks", "empty blocks", "time by cores", "cores")
        .containsOnlyOnce("farthing", "bitcoind");
  }
}
