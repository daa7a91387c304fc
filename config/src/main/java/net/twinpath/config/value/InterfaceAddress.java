package net.twinpath.config.value;

import java.net.Inet6Address;
import java.net.InetAddress;
import net.twinpath.config.toml.Quoted;

/**
 * A unicast address of a network interface with the length of its network prefix.
 *
 * @param address an IPv4 or IPv6 address, without scope
 * @param prefixLength in bits, 1..32 for IPv4, 1..128 for IPv6
 */
public record InterfaceAddress(InetAddress address, int prefixLength) {
    private static final String EXAMPLES = "examples: \"10.77.0.1/24\", \"fd77::1/64\"";

    /**
     * Reads a literal such as {@code 10.77.0.1/24} or {@code fd77::1/64}; names are never resolved.
     *
     * @throws IllegalArgumentException when an interface cannot have it; the message is one line for the operator
     */
    public static InterfaceAddress parse(String text) {
        IpLiteral literal = IpLiteral.parse(text);
        if (literal == null) {
            throw refusal(text, "is not an IPv4 or IPv6 address with prefix length; " + EXAMPLES);
        } else if (!literal.hasPrefixLength()) {
            throw refusal(text, "has no prefix length; " + EXAMPLES);
        }
        String wrongLength = "has a prefix length other than 1.." + literal.bits() + "; " + EXAMPLES;
        int prefixLength = literal.prefixLength(1).orElseThrow(() -> refusal(text, wrongLength));
        refuseSpecialPurpose(text, literal);
        refuseNetworkAndBroadcast(text, literal, prefixLength);
        return new InterfaceAddress(literal.address(), prefixLength);
    }

    /** Whether this is an IPv6 address. */
    public boolean isIpv6() {
        return address instanceof Inet6Address;
    }

    /** As people write it: {@code fd77::1/64}, the longest run of zero groups left out (RFC 5952). */
    @Override
    public String toString() {
        return IpLiteral.textOf(address) + "/" + prefixLength;
    }

    private static void refuseSpecialPurpose(String text, IpLiteral literal) {
        InetAddress address = literal.address();
        if (literal.mappedIpv4() != null) {
            throw refusal(text, "is an IPv4 address in IPv6 form; write it as IPv4: " + literal.mappedIpv4());
        } else if (address.isAnyLocalAddress()) {
            throw notUnicast(text, "the unspecified address");
        } else if (address.isLoopbackAddress()) {
            throw notUnicast(text, "a loopback address");
        } else if (address.isMulticastAddress()) {
            throw notUnicast(text, "a multicast address");
        } else if (literal.bits() == 32 && literal.bitsAreAll(0, 1)) {
            throw notUnicast(text, "the limited broadcast address");
        }
    }

    /** RFC 3021 and RFC 6164 leave neither in networks of two addresses; RFC 4291 2.6.1 keeps zero for routers. */
    private static void refuseNetworkAndBroadcast(String text, IpLiteral literal, int prefixLength) {
        if (literal.bits() - prefixLength <= 1) {
            return;
        }
        String neighbour = Quoted.of(new InterfaceAddress(literal.neighbour(), prefixLength).toString());
        if (literal.bitsAreAll(prefixLength, 0)) {
            throw refusal(text, "is the network itself; give an address in it, such as " + neighbour);
        } else if (literal.bits() == 32 && literal.bitsAreAll(prefixLength, 1)) {
            throw refusal(text, "is the network's broadcast address; give another, such as " + neighbour);
        }
    }

    private static IllegalArgumentException notUnicast(String text, String kind) {
        return refusal(text, "is " + kind + "; an interface needs a unicast address");
    }

    private static IllegalArgumentException refusal(String text, String reason) {
        return new IllegalArgumentException(Quoted.of(text) + " " + reason);
    }
}
