package net.twinpath.duppath.stream;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.twinpath.duppath.frame.Frame;
import org.agrona.concurrent.UnsafeBuffer;

/** Octets of frames, put together from their headers. */
final class Packets {
    static final long DESTINATION = 0x0200000000D1L;
    static final long SOURCE = 0x0200000000A1L;

    private Packets() {}

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            octets.writeBytes(part);
        }
        return octets.toByteArray();
    }

    /** The two addresses; tags and an EtherType follow. */
    static byte[] addresses() {
        return join(mac(DESTINATION), mac(SOURCE));
    }

    static byte[] mac(long address) {
        return ByteBuffer.allocate(6)
                .putShort((short) (address >>> 32))
                .putInt((int) address)
                .array();
    }

    static byte[] tag(int tpid, int priority, int vlanId) {
        return shorts(tpid, priority << 13 | vlanId);
    }

    static byte[] shorts(int... values) {
        ByteBuffer octets = ByteBuffer.allocate(values.length * Short.BYTES);
        for (int value : values) {
            octets.putShort((short) value);
        }
        return octets.array();
    }

    /** EtherType, IPv4 header without options, payload. */
    static byte[] ipv4(String source, String destination, int dscp, int protocol, byte[] payload) {
        return ipv4Fragment(source, destination, dscp, protocol, 0, 0x4000, payload);
    }

    /** The same with the identification and the 16 bits of flags and fragment offset. */
    static byte[] ipv4Fragment(
            String source, String destination, int dscp, int protocol, int id, int flagsAndOffset, byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(22)
                .putShort((short) 0x0800)
                .put((byte) 0x45)
                .put((byte) (dscp << 2 | 1)) // ECN is not part of the DSCP
                .putShort((short) (20 + payload.length))
                .putShort((short) id)
                .putShort((short) flagsAndOffset)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0xC5C5)
                .put(address(source).getAddress())
                .put(address(destination).getAddress());
        return join(header.array(), payload);
    }

    /** EtherType, IPv6 header, payload, which begins with any extension headers. */
    static byte[] ipv6(String source, String destination, int dscp, int nextHeader, byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(42)
                .putShort((short) 0x86DD)
                .putInt(6 << 28 | dscp << 22 | 0x10_BEEF) // ECN and flow label are not part of the DSCP
                .putShort((short) payload.length)
                .put((byte) nextHeader)
                .put((byte) 64)
                .put(address(source).getAddress())
                .put(address(destination).getAddress());
        return join(header.array(), payload);
    }

    /** An IPv6 extension header of so many octets, a multiple of 8. */
    static byte[] extension(int nextHeader, int length) {
        byte[] octets = new byte[length];
        octets[0] = (byte) nextHeader;
        octets[1] = (byte) (length / 8 - 1);
        return octets;
    }

    static byte[] fragmentHeader(int nextHeader, int offset, boolean more, int id) {
        return ByteBuffer.allocate(8)
                .put((byte) nextHeader)
                .put((byte) 0xFF) // reserved, not a length
                .putShort((short) (offset | (more ? 1 : 0)))
                .putInt(id)
                .array();
    }

    /** Source port, destination port, and four more octets. */
    static byte[] ports(int source, int destination) {
        return join(shorts(source, destination), hex("00080000"));
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static IpPrefix prefix(String text) {
        String[] parts = text.split("/", 2);
        return new IpPrefix(address(parts[0]), Integer.parseInt(parts[1]));
    }

    /** A frame in memory that ends where it ends, so that reading on fails. */
    static Frame frame(byte[] octets) {
        UnsafeBuffer memory = new UnsafeBuffer(octets);
        return new Frame().wrap(memory, 0, octets.length, octets.length);
    }

    static StreamMatch.Builder match() {
        return StreamMatch.builder();
    }
}
