package org.farthing.node.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws charts beside and below each other, as SVG: seconds upwards from zero, curves through the
 * medians, a line from the least to the greatest sample.
 */
final class SvgCharts {
  private static final int COLUMNS = 2;
  private static final int WIDTH = 428;
  private static final int HEIGHT = 280;
  private static final int LEFT = 62;
  private static final int RIGHT = 26;
  private static final int TOP = 34;
  private static final int BOTTOM = 46;
  private static final int LEGEND = 34;
  private static final int TICKS = 5;
  private static final List<String> COLOURS = List.of("#1f6fb2", "#c8641c", "#3a8a4d", "#7c4fa3");

  private final StringBuilder out = new StringBuilder();

  private SvgCharts() {}

  static String draw(List<Chart> charts) {
    SvgCharts svg = new SvgCharts();
    int rows = (charts.size() + COLUMNS - 1) / COLUMNS;
    int width = COLUMNS * WIDTH;
    int height = rows * HEIGHT + LEGEND;
    svg.line(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'"
            + " font-family='sans-serif' font-size='12' fill='#333'>",
        width, height, width, height);
    svg.line("<rect width='%d' height='%d' fill='#fff'/>", width, height);
    svg.legend(charts.get(0));
    for (int i = 0; i < charts.size(); i++) {
      int x = i % COLUMNS * WIDTH;
      int y = LEGEND + i / COLUMNS * HEIGHT;
      svg.line("<g transform='translate(%d %d)'>", x, y);
      svg.chart(charts.get(i));
      svg.line("</g>");
    }
    svg.line("</svg>");
    return svg.out.toString();
  }

  private void legend(Chart chart) {
    int x = LEFT;
    for (int i = 0; i < chart.curves().size(); i++) {
      line("<circle cx='%d' cy='18' r='5' fill='%s'/>", x, colour(i));
      line("<text x='%d' y='22'>%s</text>", x + 10, chart.curves().get(i).label());
      x += 120;
    }
  }

  private static String colour(int curve) {
    return COLOURS.get(curve % COLOURS.size());
  }

  private void chart(Chart chart) {
    Scale across = new Scale(LEFT, WIDTH - RIGHT, tick(chart.greatestX()));
    Scale upwards = new Scale(HEIGHT - BOTTOM, TOP, tick(chart.greatestSeconds()));
    line("<text x='%d' y='20' font-weight='bold'>%s</text>", LEFT, chart.title());
    for (int i = 0; i <= TICKS; i++) {
      double y = upwards.at(i * upwards.tick());
      line("<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' stroke='#ddd'/>", LEFT, WIDTH - RIGHT, y, y);
      label(LEFT - 6, y + 4, "end", number(i * upwards.tick()) + " s");
      label(
          across.at(i * across.tick()), HEIGHT - BOTTOM + 18, "middle", number(i * across.tick()));
    }
    label((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - BOTTOM + 36, "middle", chart.unit());
    for (int i = 0; i < chart.curves().size(); i++) {
      curve(chart.curves().get(i).dots(), across, upwards, colour(i));
    }
  }

  private void curve(List<Chart.Dot> dots, Scale across, Scale upwards, String colour) {
    String points =
        dots.stream()
            .map(dot -> text("%.1f,%.1f", across.at(dot.x()), upwards.at(dot.seconds().median())))
            .collect(Collectors.joining(" "));
    line("<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>", points, colour);
    for (Chart.Dot dot : dots) {
      double x = across.at(dot.x());
      line(
          "<line x1='%.1f' x2='%.1f' y1='%.1f' y2='%.1f' stroke='%s'/>",
          x, x, upwards.at(dot.seconds().least()), upwards.at(dot.seconds().greatest()), colour);
      line(
          "<circle cx='%.1f' cy='%.1f' r='3.5' fill='%s'/>",
          x, upwards.at(dot.seconds().median()), colour);
    }
  }

  /** From zero on, in pixels. */
  private record Scale(double from, double to, double tick) {
    double at(double value) {
      return from + (to - from) * value / (tick * TICKS);
    }
  }

  /** A round number of which {@value #TICKS} reach as far as the greatest value. */
  private static double tick(double greatest) {
    double power = Math.pow(10, Math.floor(Math.log10(greatest / TICKS)));
    for (double factor : new double[] {1, 2, 2.5, 5}) {
      if (factor * power * TICKS >= greatest) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static String number(double value) {
    if (value >= 1e6) {
      return trimmed(value / 1e6) + " M";
    }
    return value >= 10_000 ? trimmed(value / 1000) + " k" : trimmed(value);
  }

  private static String trimmed(double value) {
    return text("%.2f", value).replaceAll("\\.?0+$", "");
  }

  private void label(double x, double y, String anchor, String content) {
    line("<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>", x, y, anchor, content);
  }

  private void line(String format, Object... values) {
    out.append(text(format, values)).append('\n');
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
