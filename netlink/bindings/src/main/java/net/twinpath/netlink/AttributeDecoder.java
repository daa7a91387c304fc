package net.twinpath.netlink;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.nio.charset.StandardCharsets;
import net.twinpath.linux.Netlink;
import org.agrona.DirectBuffer;

/**
 * Reads a fixed header and then the attributes behind it, one after the other.
 *
 * <p>A payload longer than its type is read from its beginning, since newer kernels append; one that is shorter is a
 * {@link MalformedMessageException}.
 */
public final class AttributeDecoder {
    private final DirectBuffer buffer;
    private final int end;
    private int next;
    private int payload;
    private int payloadLength;
    private int type;

    /** Reads {@code length} octets from {@code offset}. */
    public AttributeDecoder(DirectBuffer buffer, int offset, int length) {
        this.buffer = buffer;
        next = offset;
        end = offset + length;
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    /** Passes over a fixed header of this length; returns its offset in {@link #buffer}. */
    public int take(int length) {
        int start = next;
        if (length < 0 || length > end - start) {
            throw new MalformedMessageException("header of " + length + " octets where " + (end - start) + " are left");
        }
        next = Math.min(end, start + AttributeEncoder.align(length));
        return start;
    }

    /** Passes over {@code struct genlmsghdr}; returns the command. */
    public int takeGenericHeader() {
        return Byte.toUnsignedInt(buffer.getByte(take(4)));
    }

    /** Goes to the next attribute; false when there is none. */
    public boolean next() {
        int left = end - next;
        if (left < Netlink.NLATTR_LENGTH) {
            return false;
        }
        int length = Short.toUnsignedInt(buffer.getShort(next));
        type = Short.toUnsignedInt(buffer.getShort(next + 2)) & Netlink.NLA_TYPE_MASK;
        if (length < Netlink.NLATTR_LENGTH || length > left) {
            throw new MalformedMessageException(
                    "attribute " + type + " of " + length + " octets where " + left + " are left");
        }
        payload = next + Netlink.NLATTR_LENGTH;
        payloadLength = length - Netlink.NLATTR_LENGTH;
        next = Math.min(end, next + AttributeEncoder.align(length));
        return true;
    }

    /** Type of the attribute, without the nested and byte order flags. */
    public int type() {
        return type;
    }

    public int u8() {
        return Byte.toUnsignedInt(buffer.getByte(number(1)));
    }

    public int u16() {
        return Short.toUnsignedInt(buffer.getShort(number(2)));
    }

    public int u16BigEndian() {
        return Short.toUnsignedInt(buffer.getShort(number(2), BIG_ENDIAN));
    }

    public long u32() {
        return Integer.toUnsignedLong(buffer.getInt(number(4)));
    }

    public long u32BigEndian() {
        return Integer.toUnsignedLong(buffer.getInt(number(4), BIG_ENDIAN));
    }

    public long u64() {
        return buffer.getLong(number(8));
    }

    public long u64BigEndian() {
        return buffer.getLong(number(8), BIG_ENDIAN);
    }

    public int s32() {
        return buffer.getInt(number(4));
    }

    public int s32BigEndian() {
        return buffer.getInt(number(4), BIG_ENDIAN);
    }

    /** Text up to the closing zero, or to the end where the kernel sends none. */
    public String string() {
        int length = 0;
        while (length < payloadLength && buffer.getByte(payload + length) != 0) {
            length++;
        }
        byte[] octets = new byte[length];
        buffer.getBytes(payload, octets);
        return new String(octets, StandardCharsets.UTF_8);
    }

    /** A copy of the payload. */
    public byte[] bytes() {
        byte[] octets = new byte[payloadLength];
        buffer.getBytes(payload, octets);
        return octets;
    }

    /** A reader of the attributes within this one. */
    public AttributeDecoder nest() {
        return new AttributeDecoder(buffer, payload, payloadLength);
    }

    private int number(int octets) {
        if (payloadLength < octets) {
            throw new MalformedMessageException(
                    "attribute " + type + " has " + payloadLength + " octets, its number needs " + octets);
        }
        return payload;
    }
}
