package net.twinpath.config.value;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** MAC addresses as files write them: six bytes in hexadecimal with colons between. */
public final class MacLiteral {
    private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}");
    /** The I/G bit, the lowest of the first byte (IEEE 802-2014 8.2.2). */
    private static final long GROUP_BIT = 1L << 40;

    private MacLiteral() {}

    /** The address with its first byte in bits 47 to 40; empty when the text is none. */
    public static OptionalLong parse(String text) {
        return LITERAL.matcher(text).matches()
                ? OptionalLong.of(Long.parseLong(text.replace(":", ""), 16))
                : OptionalLong.empty();
    }

    /** Whether frames to it may be for several nodes. */
    public static boolean isGroup(long address) {
        return (address & GROUP_BIT) != 0;
    }
}
