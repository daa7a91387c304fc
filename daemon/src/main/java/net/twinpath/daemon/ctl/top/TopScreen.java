package net.twinpath.daemon.ctl.top;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.twinpath.daemon.ctl.words.Words;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the screen: a title, then for each path its verdict, its links with charts and what to do about it. Pure:
 * no clock, no terminal.
 *
 * <pre>
 *  twinpathd 0.1.0, up 3 h                                      q quits
 *  dup0  PROTECTED for 12 min                 out 1.2k/s  in 9.9k/s
 *    lan0 carrying, lan1 carrying: any one link may fail without losing a frame
 *    link      state          frames/s ....... lost ....... first  ahead by .......
 * </pre>
 */
public final class TopScreen {
    /** Columns of a link's line without its charts. */
    private static final int COLUMNS_WITHOUT_CHARTS = 62;

    private static final int CHARTS = 3;
    private static final int NARROWEST_CHART = 4;
    private static final int LONGEST_WORDS = 2;
    private static final double LEAST_FULL_LOSS = 0.01;
    private static final AttributedStyle GOOD = AttributedStyle.BOLD.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle FAIR = AttributedStyle.BOLD.foreground(AttributedStyle.YELLOW);
    private static final AttributedStyle BAD = AttributedStyle.BOLD.foreground(AttributedStyle.RED);

    private final Chart chart;
    private final History history = new History();
    private @Nullable JsonObject status;
    private String trouble = "";
    private int first;

    /** @param isUnicode whether the terminal can show blocks */
    public TopScreen(boolean isUnicode) {
        chart = isUnicode ? Chart.BLOCKS : Chart.ASCII;
    }

    /** Takes a status that came at {@code nowNs}. */
    public void take(JsonObject now, long nowNs) {
        status = now;
        trouble = "";
        history.take(now, nowNs);
    }

    /** Says above the last status that there is no newer one, and why. */
    public void trouble(String words) {
        trouble = words;
    }

    /** Shows what stands so many lines further down, or up when negative. */
    public void scroll(int lines) {
        first = Math.max(0, first + lines);
    }

    /**
     * Draws.
     *
     * @param width  columns
     * @param height lines
     * @return as many lines as there are, none of them wider
     */
    public List<AttributedString> lines(int width, int height, Instant now) {
        JsonObject shown = status;
        List<AttributedString> body = new ArrayList<>();
        if (shown != null) {
            for (JsonElement path : shown.getAsJsonArray("paths")) {
                addPath(body, path.getAsJsonObject(), width, now);
            }
            if (body.isEmpty()) {
                body.add(new AttributedString("No path is configured."));
            }
        }
        List<AttributedString> screen = new ArrayList<>();
        screen.add(title(shown, width, now));
        int room = Math.max(0, height - 1);
        first = Math.min(first, Math.max(0, body.size() - room));
        screen.addAll(body.subList(first, Math.min(body.size(), first + room)));
        int hidden = body.size() - first - room;
        if (hidden > 0 && screen.size() > 1) {
            screen.set(screen.size() - 1, new AttributedString("  ... " + (hidden + 1) + " more lines: arrow keys"));
        }
        while (screen.size() < height) {
            screen.add(AttributedString.EMPTY);
        }
        screen.replaceAll(line -> line.columnSubSequence(0, width));
        return screen.subList(0, Math.min(height, screen.size()));
    }

    private AttributedString title(@Nullable JsonObject shown, int width, Instant now) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        if (!trouble.isEmpty()) {
            return line.styled(BAD, trouble).toAttributedString();
        }
        if (shown == null) {
            return line.append("Waiting for the daemon ...").toAttributedString();
        }
        line.append("twinpathd " + text(shown, "version") + ", up " + ago(shown, "started", now));
        return spread(line, "q quits", width);
    }

    private void addPath(List<AttributedString> lines, JsonObject path, int width, Instant now) {
        String name = text(path, "name");
        if (lines.size() > 0) {
            lines.add(AttributedString.EMPTY);
        }
        AttributedStringBuilder head = new AttributedStringBuilder();
        head.styled(AttributedStyle.BOLD, name)
                .append("  ")
                .styled(style(text(path, "condition")), Words.condition(path).toUpperCase(Locale.ROOT))
                .append(" for " + ago(path, "since", now));
        lines.add(spread(
                head, "out " + perSecond(history.outRate(name)) + "  in " + perSecond(history.inRate(name)), width));
        wrap(lines, "  ", text(path, "reason"), width);
        addLinks(lines, path, width);
        wrap(lines, "  ", Words.residualLoss(path), width);
        path.getAsJsonArray("warnings").forEach(words -> wrap(lines, "  ! ", words.getAsString(), width));
        path.getAsJsonArray("advice").forEach(words -> wrap(lines, "  -> ", words.getAsString(), width));
    }

    private static AttributedStyle style(String condition) {
        return switch (condition) {
            case "protected" -> GOOD;
            case "degraded" -> FAIR;
            default -> BAD;
        };
    }

    private void addLinks(List<AttributedString> lines, JsonObject path, int width) {
        int fitting = (width - COLUMNS_WITHOUT_CHARTS) / CHARTS;
        int chartWidth = fitting < NARROWEST_CHART ? 0 : fitting;
        String name = text(path, "name");
        Scale scale = new Scale(chartWidth, 1, LEAST_FULL_LOSS, 1);
        for (JsonElement link : path.getAsJsonArray("links")) {
            scale = scale.with(history, name, text(link.getAsJsonObject(), "name"));
        }
        String gap = " ".repeat(chartWidth);
        lines.add(new AttributedString(
                row("link", "state", "frames/s", gap, "lost", gap, "first", "ahead by", gap),
                AttributedStyle.DEFAULT.faint()));
        for (JsonElement link : path.getAsJsonArray("links")) {
            lines.add(link(name, link.getAsJsonObject(), scale));
        }
    }

    /** Links of one path are drawn to one scale, so that they can be compared. */
    private record Scale(int width, double rate, double loss, double lead) {
        Scale with(History history, String path, String link) {
            return new Scale(
                    width,
                    history.rate(path, link).greatest(width, rate),
                    history.loss(path, link).greatest(width, loss),
                    history.lead(path, link).greatest(width, lead));
        }
    }

    private AttributedString link(String path, JsonObject link, Scale scale) {
        String name = text(link, "name");
        String state = text(link, "condition");
        Values rate = history.rate(path, name);
        Values lead = history.lead(path, name);
        String row = row(
                name,
                state,
                perSecond(rate.back(0)),
                chart.of(rate, scale.width(), scale.rate()),
                percent(link.get("recent_loss"), "%.1f %%"),
                chart.of(history.loss(path, name), scale.width(), scale.loss()),
                percent(link.get("first_share"), "%.0f %%"),
                microseconds(lead.back(0)),
                chart.of(lead, scale.width(), scale.lead()));
        return new AttributedString(row, state.equals("carrying") ? AttributedStyle.DEFAULT : FAIR);
    }

    private static String row(
            String name,
            String state,
            String rate,
            String rateChart,
            String loss,
            String lossChart,
            String share,
            String lead,
            String leadChart) {
        return String.format(
                Locale.ROOT,
                "  %-10s %-13s %8s %s %7s %s %5s %8s %s",
                cut(name, 10),
                cut(state, 13),
                rate,
                rateChart,
                loss,
                lossChart,
                share,
                lead,
                leadChart);
    }

    /** Words as wide as the screen, of which no more than {@link #LONGEST_WORDS} lines are shown. */
    private static void wrap(List<AttributedString> lines, String begin, String words, int width) {
        String indent = " ".repeat(begin.length());
        StringBuilder line = new StringBuilder(begin);
        int written = 1;
        for (String word : words.split(" ", -1)) {
            boolean isFirst = line.length() == indent.length();
            if (!isFirst && line.length() + 1 + word.length() > width) {
                if (written++ == LONGEST_WORDS) {
                    line.append(" ...");
                    break;
                }
                lines.add(new AttributedString(line.toString()));
                line = new StringBuilder(indent);
                isFirst = true;
            }
            line.append(isFirst ? "" : " ").append(word);
        }
        lines.add(new AttributedString(line.toString()));
    }

    private static AttributedString spread(AttributedStringBuilder left, String right, int width) {
        int gap = width - left.columnLength() - right.length();
        return gap < 2
                ? left.toAttributedString()
                : left.append(" ".repeat(gap)).append(right).toAttributedString();
    }

    private static String perSecond(double rate) {
        if (Double.isNaN(rate)) {
            return "-";
        }
        if (rate < 10_000) {
            return Math.round(rate) + "/s";
        }
        return rate < 1e6
                ? String.format(Locale.ROOT, "%.1fk/s", rate / 1e3)
                : String.format(Locale.ROOT, "%.2fM/s", rate / 1e6);
    }

    private static String percent(JsonElement share, String format) {
        return share.isJsonNull() ? "-" : String.format(Locale.ROOT, format, share.getAsDouble() * 100);
    }

    private static String microseconds(double us) {
        if (Double.isNaN(us)) {
            return "-";
        }
        return us < 1_000 ? Math.round(us) + " us" : String.format(Locale.ROOT, "%.1f ms", us / 1_000);
    }

    private static String ago(JsonObject object, String key, Instant now) {
        return Words.ago(Instant.parse(text(object, key)), now);
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "~";
    }

    private static String text(JsonObject object, String key) {
        return object.get(key).getAsString();
    }
}
