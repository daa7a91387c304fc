package net.twinpath.config.value;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An IPv4 or IPv6 address in its text form, with or without a prefix length; names are never resolved. */
final class IpLiteral {
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final Pattern PREFIX_LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern ZERO_RUN = Pattern.compile("(?<![0-9a-f])0(:0)*(?![0-9a-f])");
    private static final byte[] IPV4_MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private final byte[] bytes;
    private final @Nullable String lengthText;

    private IpLiteral(byte[] bytes, @Nullable String lengthText) {
        this.bytes = bytes;
        this.lengthText = lengthText;
    }

    /** Reads an address, and what follows a slash; null when the text before the slash is no address. */
    static @Nullable IpLiteral parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] bytes = address.contains(":") ? ipv6(address) : ipv4(address);
        return bytes == null ? null : new IpLiteral(bytes, slash < 0 ? null : text.substring(slash + 1));
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

    InetAddress address() {
        return addressOf(bytes);
    }

    /** The length of the address: 32 or 128. */
    int bits() {
        return bytes.length * 8;
    }

    /** Whether anything, right or wrong, is said about a prefix. */
    boolean hasPrefixLength() {
        return lengthText != null;
    }

    /** The number after the slash; empty when it is none from {@code min} to {@link #bits()}. */
    OptionalInt prefixLength(int min) {
        if (lengthText == null || !PREFIX_LENGTH.matcher(lengthText).matches()) {
            return OptionalInt.empty();
        }
        int length = Integer.parseInt(lengthText);
        return length < min || length > bits() ? OptionalInt.empty() : OptionalInt.of(length);
    }

    /** Whether all bits from {@code first} on, counted from 0, are {@code bit}. */
    boolean bitsAreAll(int first, int bit) {
        for (int i = first; i < bits(); i++) {
            if ((bytes[i / 8] >> (7 - i % 8) & 1) != bit) {
                return false;
            }
        }
        return true;
    }

    /** The IPv4 address in one of ::ffff:0:0/96, as text; null for every other address. */
    @Nullable
    String mappedIpv4() {
        return bytes.length == 16 && Arrays.equals(bytes, 0, 12, IPV4_MAPPED, 0, 12)
                ? addressOf(Arrays.copyOfRange(bytes, 12, 16)).getHostAddress()
                : null;
    }

    /** The address that differs in the last bit. */
    InetAddress neighbour() {
        byte[] other = bytes.clone();
        other[other.length - 1] ^= 1;
        return addressOf(other);
    }

    /** The address whose bits from {@code first} on, counted from 0, are 0. */
    InetAddress network(int first) {
        byte[] network = bytes.clone();
        for (int i = first; i < bits(); i++) {
            network[i / 8] &= (byte) ~(0x80 >> i % 8);
        }
        return addressOf(network);
    }

    private static InetAddress addressOf(byte[] bytes) {
        try {
            // Inet6Address keeps 16 bytes IPv6 where InetAddress would turn ::ffff:0:0/96 into IPv4.
            return bytes.length == 16 ? Inet6Address.getByAddress(null, bytes, -1) : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    /** An address as people write it: {@code fd77::1}, the longest run of zero groups left out (RFC 5952). */
    static String textOf(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet6Address ? shortened(text) : text;
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
}
