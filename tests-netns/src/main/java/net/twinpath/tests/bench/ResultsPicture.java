package net.twinpath.tests.bench;

import java.util.List;
import java.util.Locale;
import net.twinpath.tests.picture.Svg;

/**
 * The ratios twinpath to reference as a picture: a row for each figure, with the goal, and behind it how far the
 * reference differs from itself.
 *
 * <pre>
 *   figure              worse        1.0       better
 *   frames/s            ░░░░░░├──────●─┤░░░|           1.02
 * </pre>
 */
final class ResultsPicture {
    private static final double WIDTH = 1000;
    private static final double MARGIN = 24;
    private static final double PLOT_LEFT = 350;
    private static final double PLOT_RIGHT = 880;
    private static final double TOP = 104;
    private static final double PITCH = 30;
    private static final double MAX_RATIO = 2.5;
    private static final List<Double> TICKS = List.of(0.4, 0.5, 0.7, 1.0, 1.4, 2.0, 2.5);

    private static final String INK = "#1f2328";
    private static final String FAINT_INK = "#59636e";
    private static final String NOISE = "#e7ebef";
    private static final String GOOD = "#1a7f37";
    private static final String MISSED = "#d1242f";
    private static final String PLAIN = "#2f6fde";

    private final Series series;
    private final List<Figure> figures;
    private final Svg svg = new Svg();

    private ResultsPicture(Series series) {
        this.series = series;
        this.figures = Figure.ALL.stream()
                .filter(figure -> !series.ratios(TwinpathPair.NAME, figure).isEmpty())
                .toList();
    }

    /** The picture as an SVG document. */
    static String of(Series series) {
        return new ResultsPicture(series).build();
    }

    private String build() {
        double bottom = TOP + figures.size() * PITCH;
        svg.rectangle(0.5, 0.5, WIDTH - 1, bottom + 63, "rx=\"8\" fill=\"#ffffff\" stroke=\"#d1d9e0\"");
        svg.text(MARGIN, 40, "twinpath divided by the same in C", style(20, INK) + " font-weight=\"600\"");
        svg.text(
                MARGIN,
                63,
                "Median, least and greatest ratio of " + series.rounds()
                        + " rounds; right of the line twinpath is better.",
                style(13, FAINT_INK));
        axis(bottom);
        for (int i = 0; i < figures.size(); i++) {
            row(TOP + i * PITCH, figures.get(i));
        }
        legend(bottom + 42);
        return svg.document(WIDTH, bottom + 64, "twinpath and the reference in C compared", description());
    }

    private void axis(double bottom) {
        for (double tick : TICKS) {
            double x = x(tick);
            String width = tick == 1 ? "1.5" : "0.5";
            svg.line(x, TOP - 8, x, bottom, "stroke=\"" + FAINT_INK + "\" stroke-width=\"" + width + "\"");
            svg.text(
                    x,
                    TOP - 14,
                    String.format(Locale.ROOT, "%.1f", tick),
                    style(11, FAINT_INK) + " text-anchor=\"middle\"");
        }
    }

    private void row(double top, Figure figure) {
        Quantiles ratios = series.ratios(TwinpathPair.NAME, figure);
        Quantiles noise = series.noise(figure);
        double middle = top + PITCH / 2;
        String colour = !figure.hasGoal() ? PLAIN : figure.isReachedBy(ratios.median()) ? GOOD : MISSED;
        if (!noise.isEmpty()) {
            span(figure, noise.min(), noise.max(), middle - 9, 18, NOISE);
        }
        span(figure, ratios.min(), ratios.max(), middle - 1.5, 3, colour);
        span(figure, ratios.median() * 0.992, ratios.median() * 1.008, middle - 7, 14, colour);
        if (figure.hasGoal()) {
            double goal = x(goodness(figure, figure.goal()));
            svg.line(goal, middle - 11, goal, middle + 11, "stroke=\"" + INK + "\" stroke-width=\"2\"");
        }
        svg.text(MARGIN, middle + 4, figure.title(), style(12.5, INK));
        svg.text(PLOT_RIGHT + 30, middle + 4, String.format(Locale.ROOT, "%.2f", ratios.median()), style(13, colour));
    }

    private void span(Figure figure, double from, double to, double top, double height, String colour) {
        double one = x(goodness(figure, from));
        double other = x(goodness(figure, to));
        double left = Math.min(one, other);
        svg.rectangle(left, top, Math.max(2, Math.abs(one - other)), height, "fill=\"" + colour + "\"");
    }

    /** More than 1 when twinpath is better. */
    private static double goodness(Figure figure, double ratio) {
        return figure.better() == Figure.Better.MORE ? ratio : 1 / ratio;
    }

    /** Half as good is as far from the line as twice as good. */
    private static double x(double goodness) {
        double bounded = Math.max(1 / MAX_RATIO, Math.min(MAX_RATIO, goodness));
        double share = 0.5 + Math.log(bounded) / Math.log(MAX_RATIO) / 2;
        return PLOT_LEFT + share * (PLOT_RIGHT - PLOT_LEFT);
    }

    private void legend(double baseline) {
        swatch(MARGIN, baseline, GOOD, "reaches its goal");
        swatch(MARGIN + 150, baseline, MISSED, "misses it");
        swatch(MARGIN + 250, baseline, PLAIN, "has none");
        swatch(MARGIN + 350, baseline, INK, "the goal");
        swatch(MARGIN + 450, baseline, NOISE, "the reference beside itself: what the machine's noise does");
    }

    private void swatch(double x, double baseline, String colour, String words) {
        svg.rectangle(x, baseline - 11, 12, 12, "rx=\"2\" fill=\"" + colour + "\"");
        svg.text(x + 19, baseline, words, style(13, INK));
    }

    private String description() {
        StringBuilder text = new StringBuilder("Medians of twinpath divided by the reference:");
        figures.forEach(figure -> text.append(String.format(
                Locale.ROOT,
                " %s %.2f;",
                figure.title(),
                series.ratios(TwinpathPair.NAME, figure).median())));
        return text.toString();
    }

    private static String style(double size, String colour) {
        return "font-size=\"" + size + "\" fill=\"" + colour + "\"";
    }
}
