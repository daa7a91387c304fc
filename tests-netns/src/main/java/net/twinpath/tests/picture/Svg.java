package net.twinpath.tests.picture;

import java.util.Locale;

/** A picture in SVG, element by element; lengths are in user units, y grows downwards. */
public final class Svg {
    private static final String FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

    private final StringBuilder elements = new StringBuilder();

    /** Text, with its baseline at y; {@code style} holds further attributes. */
    public void text(double x, double y, String words, String style) {
        elements.append(
                String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>%n", x, y, style, escaped(words)));
    }

    public void rectangle(double x, double y, double width, double height, String style) {
        elements.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" %s/>%n",
                x,
                y,
                width,
                height,
                style));
    }

    public void line(double x1, double y1, double x2, double y2, String style) {
        elements.append(String.format(Locale.ROOT, "<path d=\"M%.1f %.1fL%.1f %.1f\" %s/>%n", x1, y1, x2, y2, style));
    }

    /** A shape from its outline in the path language of SVG. */
    public void shape(String outline, String style) {
        elements.append("<path d=\"")
                .append(outline)
                .append("\" ")
                .append(style)
                .append("/>\n");
    }

    /** The whole file: title and description are for those who cannot see it. */
    public String document(double width, double height, String title, String description) {
        return String.format(
                Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img" \
                font-family="%s" font-size="13">
                <title>%s</title>
                <desc>%s</desc>
                %s</svg>
                """, width, height, width, height, FONTS, escaped(title), escaped(description), elements);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
