package net.twinpath.daemon.ctl.words;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Values of answers as people read them. */
public final class Words {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    private Words() {}

    /** As speeds are written on cards and switches: 100M, 2.5G. */
    public static String speed(JsonElement mbit) {
        if (mbit.isJsonNull()) {
            return "-";
        }
        BigDecimal speed = mbit.getAsBigDecimal();
        return speed.compareTo(THOUSAND) < 0
                ? speed.toPlainString() + "M"
                : speed.divide(THOUSAND).stripTrailingZeros().toPlainString() + "G";
    }

    /** A share as whole percent. */
    public static String share(JsonElement share) {
        return share.isJsonNull() ? "-" : Math.round(share.getAsDouble() * 100) + " %";
    }

    /** A time with the unit that leaves few digits: 85 us, 3.2 ms, 1.5 s. */
    private static String microseconds(long us) {
        if (us < 1_000) {
            return us + " us";
        }
        return us < 1_000_000 ? inTenths(us, 1_000) + " ms" : inTenths(us, 1_000_000) + " s";
    }

    /** By how much a link was ahead where it came first, for example {@code 85 us in the median, ...}. */
    public static String lead(JsonObject link) {
        return microseconds(link.get("lead_p50_us").getAsLong()) + " in the median, "
                + microseconds(link.get("lead_p99_us").getAsLong()) + " at most in 99 of 100";
    }

    private static String inTenths(long us, long unit) {
        long tenths = (us * 10 + unit / 2) / unit;
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }

    /** How a path fares; as long as only the carrier speaks for its links, so much is said. */
    public static String condition(JsonObject path) {
        String condition = path.get("condition").getAsString();
        boolean isKnown = path.get("proven").getAsBoolean() || !condition.equals("protected");
        return isKnown ? condition : condition + " as far as known";
    }

    /** What no link brought, for example {@code residual loss: at most 12 of 12345 frames (0.1 %)}. */
    public static String residualLoss(JsonObject path) {
        JsonObject loss = path.getAsJsonObject("residual_loss");
        long lost = loss.get("lost").getAsLong();
        long frames = loss.get("frames").getAsLong();
        boolean isExact = loss.get("exact").getAsBoolean();
        StringBuilder words = new StringBuilder("residual loss: ")
                .append(isExact || lost == 0 ? "" : "at most ")
                .append(lost + " of " + frames + " frames")
                .append(lost == 0 ? "" : " (" + percent(lost, frames) + ")");
        long supervisionLost = loss.get("supervision_lost").getAsLong();
        if (!isExact || supervisionLost > 0) {
            words.append(", " + supervisionLost + " of "
                    + loss.get("supervision_frames").getAsLong() + " supervision frames");
        }
        long pauses = loss.get("unknown_pauses").getAsLong();
        if (pauses > 0) {
            words.append(", unknown in " + pauses + (pauses == 1 ? " pause" : " pauses") + " of a sender");
        }
        return words.toString();
    }

    private static String percent(long part, long all) {
        double percent = 100.0 * part / all;
        if (percent < 0.01) {
            return "less than 0.01 %";
        }
        return String.format(Locale.ROOT, percent < 1 ? "%.2f %%" : percent < 10 ? "%.1f %%" : "%.0f %%", percent);
    }

    /** How long ago something was, in the unit that leaves few digits: 30 s, 5 min, 3 h, 4 days. */
    public static String ago(Instant since, Instant now) {
        long seconds = Math.max(0, Duration.between(since, now).toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
    }

    /** The value, or a dash for one that is not known. */
    public static String orDash(JsonElement value) {
        return value.isJsonNull() ? "-" : value.getAsString();
    }
}
