package net.twinpath.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A unicast address of a network interface with the length of its network prefix.
 *
 * @param address an IPv4 or IPv6 address, without scope
 * @param prefixLength in bits, 1..32 for IPv4, 1..128 for IPv6
 */
public record InterfaceAddress(InetAddress address, int prefixLength) {
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final Pattern PREFIX_LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern ZERO_RUN = Pattern.compile("(?<![0-9a-f])0(:0)*(?![0-9a-f])");
    private static final String EXAMPLES = "examples: \"10.77.0.1/24\", \"fd77::1/64\"";

    /**
     * Reads a literal such as {@code 10.77.0.1/24} or {@code fd77::1/64}; names are never resolved.
     *
     * @throws IllegalArgumentException when an interface cannot have it; the message is one line for the operator
     */
    public static InterfaceAddress parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        byte[] bytes = literal.contains(":") ? ipv6(literal) : ipv4(literal);
        if (bytes == null) {
            throw refusal(text, "is not an IPv4 or IPv6 address with prefix length; " + EXAMPLES);
        } else if (slash < 0) {
            throw refusal(text, "has no prefix length; " + EXAMPLES);
        }
        InterfaceAddress parsed = new InterfaceAddress(addressOf(bytes), prefixLength(text, slash, bytes.length * 8));
        parsed.refuseSpecialPurpose(text, bytes);
        parsed.refuseNetworkAndBroadcast(text, bytes);
        return parsed;
    }

    /** Whether this is an IPv6 address. */
    public boolean isIpv6() {
        return address instanceof Inet6Address;
    }

    /** As people write it: {@code fd77::1/64}, the longest run of zero groups left out (RFC 5952). */
    @Override
    public String toString() {
        String text = address.getHostAddress();
        return (address instanceof Inet6Address ? shortened(text) : text) + "/" + prefixLength;
    }

    private static String shortened(String groups) {
        return ZERO_RUN.matcher(groups)
                .results()
                .map(MatchResult::group)
                .filter(run -> run.chars().filter(character -> character == '0').count() > 1)
                .max(Comparator.comparingInt(String::length))
                .map(run -> groups.replaceFirst("(?<![0-9a-f])" + run + "(?![0-9a-f])", "::"))
                .map(text -> text.replaceAll(":{3,}", "::"))
                .orElse(groups);
    }

    private static byte @Nullable [] ipv4(String literal) {
        String[] octets = literal.split("\\.", -1);
        if (octets.length != 4) {
            return null;
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            if (!OCTET.matcher(octets[i]).matches() || Integer.parseInt(octets[i]) > 255) {
                return null;
            }
            bytes[i] = (byte) Integer.parseInt(octets[i]);
        }
        return bytes;
    }

    /** Reads the text forms of RFC 4291 section 2.2. */
    private static byte @Nullable [] ipv6(String literal) {
        int gap = literal.indexOf("::");
        if (gap < 0) {
            byte[] all = groups(literal, true);
            return all != null && all.length == 16 ? all : null;
        }
        byte[] head = groups(literal.substring(0, gap), false);
        byte[] tail = groups(literal.substring(gap + 2), true);
        if (head == null || tail == null || head.length + tail.length > 14) {
            return null;
        }
        byte[] bytes = Arrays.copyOf(head, 16);
        System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
        return bytes;
    }

    private static byte @Nullable [] groups(String text, boolean ipv4AtEnd) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] groups = text.split(":", -1);
        byte[] bytes = new byte[0];
        for (int i = 0; i < groups.length; i++) {
            boolean dotted = ipv4AtEnd && i == groups.length - 1 && groups[i].contains(".");
            byte[] group = dotted ? ipv4(groups[i]) : group(groups[i]);
            if (group == null) {
                return null;
            }
            bytes = Arrays.copyOf(bytes, bytes.length + group.length);
            System.arraycopy(group, 0, bytes, bytes.length - group.length, group.length);
        }
        return bytes;
    }

    private static byte @Nullable [] group(String text) {
        if (!GROUP.matcher(text).matches()) {
            return null;
        }
        int value = Integer.parseInt(text, 16);
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    private static int prefixLength(String text, int slash, int maxBits) {
        String digits = text.substring(slash + 1);
        int bits = PREFIX_LENGTH.matcher(digits).matches() ? Integer.parseInt(digits) : 0;
        if (bits < 1 || bits > maxBits) {
            throw refusal(text, "has a prefix length other than 1.." + maxBits + "; " + EXAMPLES);
        }
        return bits;
    }

    private void refuseSpecialPurpose(String text, byte[] bytes) {
        if (bytes.length == 16 && isIpv4Mapped(bytes)) {
            String ipv4 = addressOf(Arrays.copyOfRange(bytes, 12, 16)).getHostAddress();
            throw refusal(text, "is an IPv4 address in IPv6 form; write it as IPv4: " + ipv4);
        }
        if (address.isAnyLocalAddress()) {
            throw notUnicast(text, "the unspecified address");
        } else if (address.isLoopbackAddress()) {
            throw notUnicast(text, "a loopback address");
        } else if (address.isMulticastAddress()) {
            throw notUnicast(text, "a multicast address");
        } else if (isLimitedBroadcast(bytes)) {
            throw notUnicast(text, "the limited broadcast address");
        }
    }

    private static boolean isIpv4Mapped(byte[] bytes) {
        return Arrays.equals(bytes, 0, 12, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1}, 0, 12);
    }

    private static boolean isLimitedBroadcast(byte[] bytes) {
        return Arrays.equals(bytes, new byte[] {-1, -1, -1, -1});
    }

    /** RFC 3021 and RFC 6164 leave neither in networks of two addresses; RFC 4291 2.6.1 keeps zero for routers. */
    private void refuseNetworkAndBroadcast(String text, byte[] bytes) {
        if (bytes.length * 8 - prefixLength <= 1) {
            return;
        }
        if (hostBitsAreAll(bytes, 0)) {
            throw refusal(text, "is the network itself; give an address in it, such as " + neighbour(bytes));
        } else if (!isIpv6() && hostBitsAreAll(bytes, 1)) {
            throw refusal(text, "is the network's broadcast address; give another, such as " + neighbour(bytes));
        }
    }

    private boolean hostBitsAreAll(byte[] bytes, int bit) {
        for (int i = prefixLength; i < bytes.length * 8; i++) {
            if ((bytes[i / 8] >> (7 - i % 8) & 1) != bit) {
                return false;
            }
        }
        return true;
    }

    /** The address that differs in the last bit. */
    private String neighbour(byte[] bytes) {
        byte[] other = bytes.clone();
        other[other.length - 1] ^= 1;
        return Quoted.of(new InterfaceAddress(addressOf(other), prefixLength).toString());
    }

    private static InetAddress addressOf(byte[] bytes) {
        try {
            // Inet6Address keeps 16 bytes IPv6 where InetAddress would turn ::ffff:0:0/96 into IPv4.
            return bytes.length == 16 ? Inet6Address.getByAddress(null, bytes, -1) : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private static IllegalArgumentException notUnicast(String text, String kind) {
        return refusal(text, "is " + kind + "; an interface needs a unicast address");
    }

    private static IllegalArgumentException refusal(String text, String reason) {
        return new IllegalArgumentException(Quoted.of(text) + " " + reason);
    }
}
