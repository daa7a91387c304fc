package net.twinpath.daemon.ctl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;

/** Values of answers as people read them. */
final class Words {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    private Words() {}

    /** As speeds are written on cards and switches: 100M, 2.5G. */
    static String speed(JsonElement mbit) {
        if (mbit.isJsonNull()) {
            return "-";
        }
        BigDecimal speed = mbit.getAsBigDecimal();
        return speed.compareTo(THOUSAND) < 0
                ? speed.toPlainString() + "M"
                : speed.divide(THOUSAND).stripTrailingZeros().toPlainString() + "G";
    }

    /** A share as whole percent. */
    static String share(JsonElement share) {
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
    static String lead(JsonObject link) {
        return microseconds(link.get("lead_p50_us").getAsLong()) + " in the median, "
                + microseconds(link.get("lead_p99_us").getAsLong()) + " at most in 99 of 100";
    }

    private static String inTenths(long us, long unit) {
        long tenths = (us * 10 + unit / 2) / unit;
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }

    static String orDash(JsonElement value) {
        return value.isJsonNull() ? "-" : value.getAsString();
    }
}
