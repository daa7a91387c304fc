package net.twinpath.config.value;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.twinpath.config.toml.Quoted;

/** A TCP port of this machine's loopback interface, such as {@code 127.0.0.1:9477} or {@code [::1]:9477}. */
public final class LoopbackEndpoint {
    /** What one is, in words. */
    public static final String DESCRIPTION =
            "a loopback address and a port from 1 to 65535, such as \"127.0.0.1:9477\" or \"[::1]:9477\"";

    private static final Pattern TEXT = Pattern.compile("(?:\\[([^\\]]*:[^\\]]*)]|([^:\\[\\]]*)):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    private LoopbackEndpoint() {}

    /**
     * Reads one; names are never resolved.
     *
     * @throws IllegalArgumentException when it is none, with the reason
     */
    public static InetSocketAddress parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw refusal(text, "is not " + DESCRIPTION);
        }
        InetAddress address = address(parts.group(1) == null ? parts.group(2) : parts.group(1), text);
        int port = Integer.parseInt(parts.group(3));
        if (port < 1 || port > MAX_PORT) {
            throw refusal(text, "has no port from 1 to " + MAX_PORT);
        }
        return new InetSocketAddress(address, port);
    }

    private static InetAddress address(String literal, String text) {
        IpLiteral address = IpLiteral.parse(literal);
        if (address == null || address.hasPrefixLength()) {
            throw refusal(text, "is not " + DESCRIPTION);
        }
        if (!address.address().isLoopbackAddress()) {
            throw refusal(
                    text,
                    "is not on the loopback interface; use 127.0.0.1 or [::1], and for others a proxy that asks who they are");
        }
        return address.address();
    }

    private static IllegalArgumentException refusal(String text, String reason) {
        return new IllegalArgumentException(Quoted.of(text) + " " + reason);
    }
}
