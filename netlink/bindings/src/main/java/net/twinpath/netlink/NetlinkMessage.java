package net.twinpath.netlink;

import net.twinpath.linux.Netlink;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A message from the kernel, copied out of the receive buffer.
 *
 * @param type     {@code nlmsg_type}
 * @param flags    {@code NLM_F_*}
 * @param sequence {@code nlmsg_seq}: of the request it answers, 0 for a notification nobody asked for
 * @param body     everything after {@code struct nlmsghdr}
 */
public record NetlinkMessage(int type, int flags, int sequence, DirectBuffer body) {
    /** A reader at the start of the body, where the family's fixed header is. */
    public AttributeDecoder payload() {
        return new AttributeDecoder(body, 0, body.capacity());
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /**
     * Copies the message at {@code offset} of a datagram of {@code length} octets.
     *
     * @throws MalformedMessageException when its length leads outside the datagram
     */
    static NetlinkMessage copyOf(DirectBuffer datagram, int offset, int length) {
        int messageLength = lengthAt(datagram, offset, length);
        byte[] body = new byte[messageLength - Netlink.NLMSGHDR_LENGTH];
        datagram.getBytes(offset + Netlink.NLMSGHDR_LENGTH, body);
        return new NetlinkMessage(
                Short.toUnsignedInt(datagram.getShort(offset + Netlink.NLMSG_TYPE_OFFSET)),
                Short.toUnsignedInt(datagram.getShort(offset + Netlink.NLMSG_FLAGS_OFFSET)),
                datagram.getInt(offset + Netlink.NLMSG_SEQ_OFFSET),
                new UnsafeBuffer(body));
    }

    /** Octets of the message with its header, without the padding behind it. */
    int length() {
        return Netlink.NLMSGHDR_LENGTH + body.capacity();
    }

    private static int lengthAt(DirectBuffer datagram, int offset, int length) {
        int left = length - offset;
        int messageLength = left < Netlink.NLMSGHDR_LENGTH ? 0 : datagram.getInt(offset);
        if (messageLength < Netlink.NLMSGHDR_LENGTH || messageLength > left) {
            throw new MalformedMessageException(
                    "message of " + messageLength + " octets where " + left + " are left in the datagram");
        }
        return messageLength;
    }
}
