package net.twinpath.duppath.stream;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The IPv4 or IPv6 addresses that begin with the same bits.
 *
 * @param address the first of them: every bit behind the prefix length is 0
 * @param length  how many bits are the same, 0 to 32 (IPv4) or 0 to 128 (IPv6)
 */
public record IpPrefix(InetAddress address, int length) {
    /** @throws IllegalArgumentException when the length is out of range, or the address has bits set behind it */
    public IpPrefix {
        int bits = bits(address);
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException(
                    "prefix length %d of %s: must be 0 to %d".formatted(length, address.getHostAddress(), bits));
        }
        if ((high(address) & ~highMask(length)) != 0 || (low(address) & ~lowMask(length)) != 0) {
            throw new IllegalArgumentException(
                    "prefix %s/%d: bits are set behind the prefix length; clear them, or give /%d for this address alone"
                            .formatted(address.getHostAddress(), length, bits));
        }
    }

    /** The prefix of one address alone. */
    public static IpPrefix host(InetAddress address) {
        return new IpPrefix(address, bits(address));
    }

    /** True for addresses of IPv4, false for those of IPv6. */
    public boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    /** Address and length with a slash between them, {@code 10.0.0.0/8}. */
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }

    /** First 64 bits of the address; an IPv4 address fills the first 32 of them. */
    long high() {
        return high(address);
    }

    /** Last 64 bits of an IPv6 address, 0 for IPv4. */
    long low() {
        return low(address);
    }

    /** The bits of {@link #high()} that a prefix of this length tells. */
    static long highMask(int length) {
        return length == 0 ? 0 : -1L << Math.max(0, Long.SIZE - length);
    }

    /** The bits of {@link #low()} that a prefix of this length tells. */
    static long lowMask(int length) {
        return highMask(Math.max(0, length - Long.SIZE));
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static long high(InetAddress address) {
        ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address ? (long) octets.getInt() << Integer.SIZE : octets.getLong();
    }

    private static long low(InetAddress address) {
        return address instanceof Inet4Address
                ? 0
                : ByteBuffer.wrap(address.getAddress()).getLong(Long.BYTES);
    }
}
