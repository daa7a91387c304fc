package net.twinpath.netlink;

import net.twinpath.linux.Netlink;
import org.jspecify.annotations.Nullable;

/**
 * The end of an answer: {@code NLMSG_ERROR}, or the {@code NLMSG_DONE} of a dump.
 *
 * <pre>
 *   0               4               20
 *  +---------------+---------------+- - - - - - - - - -+------------------+
 *  | error         | header of the |  the request, when | attributes, with |   struct nlmsgerr
 *  | 0 or -errno   | request       |  NLM_F_CAPPED is 0 | NLM_F_ACK_TLVS   |   (linux/netlink.h)
 *  +---------------+---------------+- - - - - - - - - -+------------------+
 * </pre>
 *
 * {@code NLMSG_DONE} has the attributes right behind the error.
 *
 * @param errno       0 for success, otherwise the error number, positive
 * @param explanation the kernel's words; null when it had none
 * @param offset      where in the request the attribute at fault begins; -1 when not told
 * @param missingType type of the attribute that is missing; -1 when not told
 */
record Acknowledgement(int errno, @Nullable String explanation, int offset, int missingType) {
    static Acknowledgement decode(NetlinkMessage message) {
        AttributeDecoder in = message.payload();
        int errno = in.buffer().capacity() < Integer.BYTES ? 0 : -in.buffer().getInt(in.take(Integer.BYTES));
        if (message.type() == Netlink.NLMSG_ERROR) {
            int request = in.take(Netlink.NLMSGHDR_LENGTH);
            if (!message.has(Netlink.NLM_F_CAPPED)) {
                in.take(in.buffer().getInt(request) - Netlink.NLMSGHDR_LENGTH);
            }
        }
        return message.has(Netlink.NLM_F_ACK_TLVS) ? attributes(errno, in) : new Acknowledgement(errno, null, -1, -1);
    }

    private static Acknowledgement attributes(int errno, AttributeDecoder in) {
        String explanation = null;
        int offset = -1;
        int missingType = -1;
        while (in.next()) {
            switch (in.type()) {
                case Netlink.NLMSGERR_ATTR_MSG -> explanation = in.string();
                case Netlink.NLMSGERR_ATTR_OFFS -> offset = (int) in.u32();
                case Netlink.NLMSGERR_ATTR_MISS_TYPE -> missingType = (int) in.u32();
                default -> {}
            }
        }
        return new Acknowledgement(errno, explanation, offset, missingType);
    }

    /** The error this is about {@code request}. */
    NetlinkException toException(Operation operation, AttributeEncoder request) {
        String words = explanation == null && missingType >= 0
                ? "an attribute of type " + missingType + " is missing"
                : explanation;
        return new NetlinkException(operation, errno, words, offset < 0 ? null : request.nameAt(offset));
    }
}
