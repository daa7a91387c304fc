package net.twinpath.netlink.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * A 48-bit MAC address.
 *
 * @param bits the address in the lower 48 bits, its first octet uppermost
 */
public record MacAddress(long bits) {
    /** Octets of an address. */
    public static final int LENGTH = 6;

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    public MacAddress {
        if (bits >>> (8 * LENGTH) != 0) {
            throw new IllegalArgumentException("0x" + Long.toHexString(bits) + " has more than 48 bits");
        }
    }

    /** The address these six octets are. */
    public static MacAddress of(byte... octets) {
        if (octets.length != LENGTH) {
            throw new IllegalArgumentException("a MAC address has 6 octets, not " + octets.length);
        }
        long bits = 0;
        for (byte octet : octets) {
            bits = bits << 8 | Byte.toUnsignedInt(octet);
        }
        return new MacAddress(bits);
    }

    /** Reads {@code aa:bb:cc:dd:ee:ff}, in either case. */
    public static MacAddress parse(String text) {
        try {
            return of(COLONS.parseHex(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no MAC address; one looks like 02:00:5e:10:00:01", e);
        }
    }

    /** The six octets in the order they are sent. */
    public byte[] octets() {
        byte[] octets = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            octets[i] = (byte) (bits >>> (8 * (LENGTH - 1 - i)));
        }
        return octets;
    }

    /** The link-local IPv6 address the kernel makes of it ({@code addr_gen_mode eui64}; RFC 4291, appendix A). */
    public InetAddress linkLocalAddress() {
        byte[] own = octets();
        byte[] octets = {
            (byte) 0xFE,
            (byte) 0x80,
            0,
            0,
            0,
            0,
            0,
            0, // fe80::/64
            (byte) (own[0] ^ 2),
            own[1],
            own[2],
            (byte) 0xFF,
            (byte) 0xFE,
            own[3],
            own[4],
            own[5]
        };
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 octets are an IPv6 address", e);
        }
    }

    @Override
    public String toString() {
        return COLONS.formatHex(octets());
    }
}
