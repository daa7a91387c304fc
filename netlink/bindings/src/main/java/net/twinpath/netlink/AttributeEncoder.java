package net.twinpath.netlink;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.twinpath.linux.Netlink;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one message: header, fixed header, attributes, nests.
 *
 * <pre>
 *   0       2       4                                          multiple of 4
 *  +-------+-------+-------------------------------+ - - - - -+
 *  | len   | type  | payload                       | padding  |   struct nlattr (linux/netlink.h)
 *  +-------+-------+-------------------------------+ - - - - -+
 *    len counts header and payload, not the padding
 * </pre>
 *
 * <p>It remembers where each attribute stands, so that an error of the kernel that gives an offset can be told with the
 * attribute's name.
 */
public final class AttributeEncoder {
    private static final int LONGEST_PAYLOAD = 0xFFFF - Netlink.NLATTR_LENGTH;

    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(512);
    private final Deque<Nest> nests = new ArrayDeque<>();
    private final List<Written> written = new ArrayList<>();
    private int length;

    /**
     * Begins a message with {@code struct nlmsghdr}.
     *
     * @param type     {@code nlmsg_type}
     * @param flags    {@code NLM_F_*}
     * @param sequence number the answer will carry
     */
    AttributeEncoder(int type, int flags, int sequence) {
        reserve(Netlink.NLMSGHDR_LENGTH);
        buffer.putShort(Netlink.NLMSG_TYPE_OFFSET, (short) type);
        buffer.putShort(Netlink.NLMSG_FLAGS_OFFSET, (short) flags);
        buffer.putInt(Netlink.NLMSG_SEQ_OFFSET, sequence);
    }

    /** The message so far; what {@link #reserve} gave out is written here. */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Zeroed room for a fixed header; returns its offset. */
    public int reserve(int octets) {
        int start = length;
        length += align(octets);
        buffer.setMemory(start, align(octets), (byte) 0);
        return start;
    }

    /** {@code struct genlmsghdr}: u8 command, u8 version, u16 reserved (linux/genetlink.h). */
    public void putGenericHeader(int command, int version) {
        int start = reserve(4);
        buffer.putByte(start, (byte) command);
        buffer.putByte(start + 1, (byte) version);
    }

    public void putU8(int type, String name, int value) {
        buffer.putByte(attribute(type, name, 1), (byte) inRange(name, value, 0xFF));
    }

    public void putU16(int type, String name, int value) {
        buffer.putShort(attribute(type, name, 2), (short) inRange(name, value, 0xFFFF));
    }

    public void putU16BigEndian(int type, String name, int value) {
        buffer.putShort(attribute(type, name, 2), (short) inRange(name, value, 0xFFFF), BIG_ENDIAN);
    }

    public void putU32(int type, String name, long value) {
        buffer.putInt(attribute(type, name, 4), (int) inRange(name, value, 0xFFFF_FFFFL));
    }

    public void putU32BigEndian(int type, String name, long value) {
        buffer.putInt(attribute(type, name, 4), (int) inRange(name, value, 0xFFFF_FFFFL), BIG_ENDIAN);
    }

    public void putU64(int type, String name, long value) {
        buffer.putLong(attribute(type, name, 8), value);
    }

    public void putU64BigEndian(int type, String name, long value) {
        buffer.putLong(attribute(type, name, 8), value, BIG_ENDIAN);
    }

    public void putS32(int type, String name, int value) {
        buffer.putInt(attribute(type, name, 4), value);
    }

    public void putS32BigEndian(int type, String name, int value) {
        buffer.putInt(attribute(type, name, 4), value, BIG_ENDIAN);
    }

    /** Text as UTF-8 with a closing zero. */
    public void putString(int type, String name, String value) {
        byte[] octets = value.getBytes(StandardCharsets.UTF_8);
        buffer.putBytes(attribute(type, name, octets.length + 1), octets);
    }

    public void putBytes(int type, String name, byte[] value) {
        buffer.putBytes(attribute(type, name, value.length), value);
    }

    /** An attribute whose being there is its meaning. */
    public void putFlag(int type, String name) {
        attribute(type, name, 0);
    }

    /** Opens a nest of attributes; close it by {@link #endNest}. */
    public void beginNest(int type, String name) {
        beginNestWithHeader(type | Netlink.NLA_F_NESTED, name);
    }

    /** Opens a nest that begins with a fixed header or is nothing else, and is therefore not marked as a plain nest. */
    public void beginNestWithHeader(int type, String name) {
        int start = attribute(type, name, 0) - Netlink.NLATTR_LENGTH;
        nests.push(new Nest(start, name));
    }

    public void endNest() {
        Nest nest = nests.pop();
        int nestLength = length - nest.offset;
        if (nestLength > 0xFFFF) {
            throw new IllegalArgumentException(nest.name + " is longer than a netlink attribute can be");
        }
        buffer.putShort(nest.offset, (short) nestLength);
    }

    /** Completes the message and tells its length. */
    int finish() {
        if (!nests.isEmpty()) {
            throw new IllegalStateException(nests.element().name + " is not closed");
        }
        buffer.putInt(0, length);
        return length;
    }

    /** Name of the attribute that begins at this offset from the start of the message; null when none does. */
    @Nullable
    String nameAt(int offset) {
        return written.stream()
                .filter(attribute -> attribute.offset == offset)
                .map(Written::name)
                .findFirst()
                .orElse(null);
    }

    private int attribute(int type, String name, int payloadLength) {
        if (payloadLength > LONGEST_PAYLOAD) {
            throw new IllegalArgumentException(name + " is longer than a netlink attribute can be");
        }
        written.add(new Written(length, name));
        int start = reserve(Netlink.NLATTR_LENGTH + payloadLength);
        buffer.putShort(start, (short) (Netlink.NLATTR_LENGTH + payloadLength));
        buffer.putShort(start + 2, (short) type);
        return start + Netlink.NLATTR_LENGTH;
    }

    static int align(int octets) {
        return (octets + Netlink.NLMSG_ALIGNTO - 1) & -Netlink.NLMSG_ALIGNTO;
    }

    private static long inRange(String name, long value, long highest) {
        if (value < 0 || value > highest) {
            throw new IllegalArgumentException(name + " is " + value + ", not 0 to " + highest);
        }
        return value;
    }

    private record Nest(int offset, String name) {}

    private record Written(int offset, String name) {}
}
