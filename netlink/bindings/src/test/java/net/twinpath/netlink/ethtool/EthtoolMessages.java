package net.twinpath.netlink.ethtool;

import static net.twinpath.netlink.FakeKernel.acknowledgement;
import static net.twinpath.netlink.FakeKernel.attribute;
import static net.twinpath.netlink.FakeKernel.join;
import static net.twinpath.netlink.FakeKernel.message;
import static net.twinpath.netlink.FakeKernel.text;
import static net.twinpath.netlink.FakeKernel.u16;
import static net.twinpath.netlink.FakeKernel.u32;

import java.util.List;
import java.util.OptionalInt;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.OperationalState;

/** What the kernel answers to requests of the ethtool family. */
final class EthtoolMessages {
    /** The family's number, which each kernel chooses. */
    static final int FAMILY = 0x15;

    /** The interface that requests are about. */
    static final Link V0 = new Link(
            7,
            "v0",
            Link.ETHERNET,
            0,
            1500,
            68,
            65535,
            null,
            null,
            "veth",
            0,
            0,
            OptionalInt.empty(),
            null,
            OperationalState.UP,
            0);

    private EthtoolMessages() {}

    /** The answer to the question for the family. */
    static List<byte[]> family(int sequence) {
        byte[] reply = message(
                0x10,
                0,
                sequence,
                new byte[] {1, 2, 0, 0},
                attribute(2, text("ethtool")),
                attribute(1, u16(FAMILY)),
                attribute(7, attribute(1, attribute(2, u32(5)), attribute(1, text("monitor")))));
        return List.of(reply, acknowledgement(sequence, 0, 0));
    }

    /** One reply and the acknowledgement. */
    static List<byte[]> answer(int sequence, int command, byte[]... attributes) {
        byte[] header = {(byte) command, 1, 0, 0};
        return List.of(message(FAMILY, 0, sequence, header, join(attributes)), acknowledgement(sequence, 0, 0));
    }
}
