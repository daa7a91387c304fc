package net.twinpath.netlink.route;

import static net.twinpath.netlink.FakeKernel.attribute;
import static net.twinpath.netlink.FakeKernel.join;
import static net.twinpath.netlink.FakeKernel.message;
import static net.twinpath.netlink.FakeKernel.text;
import static net.twinpath.netlink.FakeKernel.u16;
import static net.twinpath.netlink.FakeKernel.u32;

import java.util.OptionalInt;
import net.twinpath.netlink.family.rtlink.LinkAttrs;
import net.twinpath.netlink.family.rtlink.RtLink;

/** Link messages as the kernel sends them. */
final class LinkMessages {
    private static final int IFF_UP_AND_LOWER_UP = 0x10001;

    private LinkMessages() {}

    /** An interface of which nothing matters but its index and name. */
    static Link link(int index, String name) {
        return new Link(
                index,
                name,
                Link.ETHERNET,
                0,
                1500,
                68,
                65535,
                null,
                null,
                null,
                0,
                0,
                OptionalInt.empty(),
                null,
                OperationalState.DOWN,
                0);
    }

    static byte[] link(int sequence, int index, String name, byte[]... attributes) {
        return message(RtLink.RTM_NEWLINK, 0, sequence, header(0, index), named(name), join(attributes));
    }

    static byte[] removed(int family, int index, String name) {
        return message(RtLink.RTM_DELLINK, 0, 0, header(family, index), named(name));
    }

    /** What a wireless driver sends: no name in it. */
    static byte[] nameless(int index) {
        return message(RtLink.RTM_NEWLINK, 0, 0, header(0, index), attribute(11, u32(0)));
    }

    private static byte[] named(String name) {
        return attribute(LinkAttrs.IFLA_IFNAME, text(name));
    }

    private static byte[] header(int family, int index) {
        return join(new byte[] {(byte) family, 0}, u16(Link.ETHERNET), u32(index), u32(IFF_UP_AND_LOWER_UP), u32(0));
    }
}
