package net.twinpath.config.value;

import java.net.Inet6Address;
import java.net.InetAddress;
import net.twinpath.config.toml.Quoted;

/**
 * One IP address, or all that begin with the same bits.
 *
 * @param address IPv4 or IPv6, without scope; the bits after the prefix are 0
 * @param prefixLength in bits, 0..32 for IPv4, 0..128 for IPv6
 */
public record IpPrefix(InetAddress address, int prefixLength) {
    private static final String EXAMPLES = "examples: \"192.0.2.5\", \"2001:db8:1::/64\"";

    /**
     * Reads a literal such as {@code 192.0.2.5} or {@code 2001:db8:1::/64}; names are never resolved.
     *
     * @throws IllegalArgumentException when it is none; the message is one line for the operator
     */
    public static IpPrefix parse(String text) {
        IpLiteral literal = IpLiteral.parse(text);
        if (literal == null) {
            throw refusal(text, "is not an IPv4 or IPv6 address or prefix; " + EXAMPLES);
        } else if (literal.mappedIpv4() != null) {
            throw refusal(text, "is an IPv4 address in IPv6 form; write it as IPv4: " + literal.mappedIpv4());
        } else if (!literal.hasPrefixLength()) {
            return new IpPrefix(literal.address(), literal.bits());
        }
        String wrongLength = "has a prefix length other than 0.." + literal.bits() + "; " + EXAMPLES;
        int prefixLength = literal.prefixLength(0).orElseThrow(() -> refusal(text, wrongLength));
        IpPrefix prefix = new IpPrefix(literal.network(prefixLength), prefixLength);
        if (!prefix.address().equals(literal.address())) {
            String address = Quoted.of(IpLiteral.textOf(literal.address()));
            String advice = "write " + Quoted.of(prefix.toString()) + ", or " + address + " for that address alone";
            throw refusal(text, "has bits set after its prefix; " + advice);
        }
        return prefix;
    }

    /** Whether this is of IPv6. */
    public boolean isIpv6() {
        return address instanceof Inet6Address;
    }

    /** {@code IPv4} or {@code IPv6}. */
    public String version() {
        return isIpv6() ? "IPv6" : "IPv4";
    }

    /** As people write it (RFC 5952); one address without its prefix length. */
    @Override
    public String toString() {
        boolean single = prefixLength == (isIpv6() ? 128 : 32);
        return IpLiteral.textOf(address) + (single ? "" : "/" + prefixLength);
    }

    private static IllegalArgumentException refusal(String text, String reason) {
        return new IllegalArgumentException(Quoted.of(text) + " " + reason);
    }
}
