package net.twinpath.tests.demo;

import java.util.List;
import java.util.Locale;
import net.twinpath.tests.picture.Svg;

/**
 * The results of two tellings of one story as a picture: a band each, a row for each stream, time from left to right.
 *
 * <pre>
 *   band name
 *           |  link A cut  |            |  link B loses 20 %  |
 *   stream  ████████████████████████████████████████████████████   0 of 26,000 lost
 *   stream  ████████████████████████████████████████████████████   0 duplicated, longest gap 2 ms
 *           0 s       5 s       10 s
 * </pre>
 */
final class ComparisonPicture {
    private static final double WIDTH = 1000;
    private static final double MARGIN = 24;
    private static final double PLOT_LEFT = 150;
    private static final double PLOT_RIGHT = 744;
    private static final double ROW_HEIGHT = 38;
    private static final double ROW_PITCH = 52;
    private static final double BAND_TOP = 92;
    private static final double BAND_HEAD = 52;
    private static final double BAND_PITCH = 248;
    private static final double HEIGHT = 622;
    private static final double TICK_S = 5;
    private static final double MIN_LABELLED_SILENCE_S = 1.2;

    private static final String INK = "#1f2328";
    private static final String FAINT_INK = "#59636e";
    private static final String ARRIVING = "#2f6fde";
    private static final String SILENT = "#d1242f";
    private static final String GOOD = "#1a7f37";
    private static final String FAULT = "#fff1c2";
    private static final String FAULT_EDGE = "#d4a72c";

    private final Story story;
    private final double endS;
    private final Svg svg = new Svg();

    private ComparisonPicture(Story story, double endS) {
        this.story = story;
        this.endS = endS;
    }

    /** The picture as an SVG document. */
    static String of(Story story, Measurement twinpath, Measurement single) {
        double lastS = Math.max(twinpath.file().durationS(), single.file().durationS());
        return new ComparisonPicture(story, Math.max(story.seconds(), lastS) + 0.5).build(twinpath, single);
    }

    private String build(Measurement twinpath, Measurement single) {
        svg.rectangle(0.5, 0.5, WIDTH - 1, HEIGHT - 1, "rx=\"8\" fill=\"#ffffff\" stroke=\"#d1d9e0\"");
        svg.text(MARGIN, 40, "The same faults twice: what still arrives", bold(20, INK));
        svg.text(
                MARGIN,
                63,
                "Echo, a voice call and a file run from host A to host B at the same time while links fail.",
                style(13, FAINT_INK));
        band(BAND_TOP, "With twinpath, over two links", "link A ", "link B ", twinpath);
        band(BAND_TOP + BAND_PITCH, "Without, over one plain link", "link ", "link ", single);
        legend(HEIGHT - 22);
        return svg.document(WIDTH, HEIGHT, "twinpath and one plain link compared", description(twinpath, single));
    }

    private void band(double top, String name, String linkA, String linkB, Measurement measured) {
        List<DeliveryRow> rows = rows(measured);
        svg.text(MARGIN, top + 16, name, bold(15, INK));
        for (Story.Span span : story.spans()) {
            faultSpan(top, rows.size(), span, span.link() == Story.Link.A ? linkA : linkB);
        }
        for (int i = 0; i < rows.size(); i++) {
            row(top + BAND_HEAD + i * ROW_PITCH, rows.get(i));
        }
        axis(top + BAND_HEAD + rows.size() * ROW_PITCH - (ROW_PITCH - ROW_HEIGHT) + 4);
    }

    private List<DeliveryRow> rows(Measurement measured) {
        return List.of(
                DeliveryRow.of("Echo, 1000/s", measured.echo(), Telling.ECHOES_PER_SECOND),
                DeliveryRow.of("Voice, 50/s", measured.voice(), Telling.VOICE_PACKETS_PER_SECOND),
                DeliveryRow.of(
                        "File, " + (measured.file().octetsSent() >> 20) + " MiB",
                        measured.file(),
                        (double) measured.file().octetsSent() / story.seconds()));
    }

    private void faultSpan(double top, int rows, Story.Span span, String link) {
        double left = x(span.from());
        double width = x(span.to()) - left;
        double height = BAND_HEAD - 24 + rows * ROW_PITCH - 6;
        svg.rectangle(left, top + 24, width, height, "fill=\"" + FAULT + "\"");
        svg.line(left, top + 24, left + width, top + 24, "stroke=\"" + FAULT_EDGE + "\" stroke-width=\"3\"");
        svg.text(left + width / 2, top + 42, link + span.fault().words(), centred(12, INK));
    }

    private void row(double top, DeliveryRow row) {
        double bottom = top + ROW_HEIGHT;
        svg.text(MARGIN, top + ROW_HEIGHT / 2 + 5, row.name(), style(13, INK));
        svg.shape(outline(row.shares(), top, bottom), "fill=\"" + ARRIVING + "\"");
        row.silent().forEach(silence -> silence(top, silence));
        svg.line(PLOT_LEFT, bottom, PLOT_RIGHT, bottom, "stroke=\"" + FAINT_INK + "\" stroke-width=\"0.8\"");
        svg.text(PLOT_RIGHT + 16, top + 16, row.outcome(), bold(13, row.good() ? GOOD : SILENT));
        svg.text(PLOT_RIGHT + 16, top + 34, row.gap(), style(13, FAINT_INK));
    }

    private String outline(List<Double> shares, double top, double bottom) {
        StringBuilder outline = new StringBuilder(String.format(Locale.ROOT, "M%.1f %.1f", PLOT_LEFT, bottom));
        for (int i = 0; i < shares.size(); i++) {
            double y = bottom - shares.get(i) * (bottom - top);
            outline.append(String.format(
                    Locale.ROOT, "L%.1f %.1fH%.1f", x(i * DeliveryRow.BUCKET_S), y, x((i + 1) * DeliveryRow.BUCKET_S)));
        }
        return outline.append(String.format(Locale.ROOT, "V%.1fZ", bottom)).toString();
    }

    private void silence(double top, DeliveryRow.Silence silence) {
        double left = x(silence.from());
        double width = x(silence.to()) - left;
        svg.rectangle(left, top, width, ROW_HEIGHT, "fill=\"" + SILENT + "\"");
        if (silence.to() - silence.from() > MIN_LABELLED_SILENCE_S) {
            String words = String.format(Locale.ROOT, "%.1f s", silence.to() - silence.from());
            svg.text(
                    left + width / 2, top + ROW_HEIGHT / 2 + 5, words, centred(13, "#ffffff") + " font-weight=\"600\"");
        }
    }

    private void axis(double top) {
        for (double second = 0; second <= endS; second += TICK_S) {
            svg.line(x(second), top - 4, x(second), top, "stroke=\"" + FAINT_INK + "\" stroke-width=\"0.8\"");
            svg.text(x(second), top + 13, String.format(Locale.ROOT, "%.0f s", second), centred(11, FAINT_INK));
        }
    }

    private void legend(double baseline) {
        swatch(MARGIN, baseline, ARRIVING, "arriving; the height is the share of what is sent");
        swatch(MARGIN + 350, baseline, SILENT, "nothing arrives for more than 0.15 s");
        swatch(MARGIN + 640, baseline, FAULT_EDGE, "a link is not well");
    }

    private void swatch(double x, double baseline, String colour, String words) {
        svg.rectangle(x, baseline - 11, 12, 12, "rx=\"2\" fill=\"" + colour + "\"");
        svg.text(x + 19, baseline, words, style(13, INK));
    }

    private double x(double second) {
        return PLOT_LEFT + Math.min(second, endS) / endS * (PLOT_RIGHT - PLOT_LEFT);
    }

    private static String description(Measurement twinpath, Measurement single) {
        return String.format(
                Locale.ROOT,
                "With twinpath %d echoes and %d voice packets are lost; over one plain link %d and %d.",
                twinpath.echo().lost(),
                twinpath.voice().lost(),
                single.echo().lost(),
                single.voice().lost());
    }

    private static String style(int size, String colour) {
        return "font-size=\"" + size + "\" fill=\"" + colour + "\"";
    }

    private static String bold(int size, String colour) {
        return style(size, colour) + " font-weight=\"600\"";
    }

    private static String centred(int size, String colour) {
        return style(size, colour) + " text-anchor=\"middle\"";
    }
}
