package net.twinpath.netlink.route;

import static net.twinpath.netlink.FakeKernel.attribute;
import static net.twinpath.netlink.FakeKernel.text;
import static net.twinpath.netlink.FakeKernel.u32;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import jnr.constants.platform.Errno;
import net.twinpath.netlink.FakeKernel;
import net.twinpath.netlink.NetlinkSocket;
import org.junit.jupiter.api.Test;

/** Link notifications as the kernel sends them, and what is made of them. */
class LinkEventsTest {
    private static final int AF_BRIDGE = 7;

    private final FakeKernel kernel = new FakeKernel();
    private final LinkEvents events = new LinkEvents(new NetlinkSocket(kernel));

    @Test
    void listensToTheLinkGroup() {
        assertThat(kernel.groups()).containsExactly(1);
    }

    @Test
    void tellsOfALinkWithAllThatIsKnownOfIt() {
        kernel.notify(LinkMessages.link(
                0,
                9,
                "enp3s0",
                attribute(1, new byte[] {2, 0, 0, 0, 0, 1}),
                attribute(4, u32(1500)),
                attribute(10, u32(4)),
                attribute(16, new byte[] {6}),
                attribute(18, attribute(1, text("veth"))),
                attribute(20, text("uplink")),
                attribute(5, u32(3)),
                attribute(35, u32(12)),
                attribute(37, u32(2)),
                attribute(50, u32(68)),
                attribute(51, u32(9194)),
                attribute(54, new byte[] {0, 1, 2, 3, 4, 5}),
                attribute(999, u32(1))));
        assertThat(poll())
                .containsExactly(new LinkEvent.Changed(new Link(
                        9,
                        "enp3s0",
                        Link.ETHERNET,
                        0x10001,
                        1500,
                        68,
                        9194,
                        MacAddress.parse("02:00:00:00:00:01"),
                        MacAddress.parse("00:01:02:03:04:05"),
                        "veth",
                        4,
                        3,
                        OptionalInt.of(2),
                        "uplink",
                        OperationalState.UP,
                        12)));
    }

    @Test
    void tellsOfALinkThatIsGone() {
        kernel.notify(LinkMessages.removed(0, 9, "enp3s0"));
        assertThat(poll()).singleElement().isInstanceOfSatisfying(LinkEvent.Removed.class, removed -> {
            assertThat(removed.link().index()).isEqualTo(9);
            assertThat(removed.link().name()).isEqualTo("enp3s0");
        });
    }

    @Test
    void passesOverMessagesThatTellOfSomethingElse() {
        kernel.notify(LinkMessages.removed(AF_BRIDGE, 9, "enp3s0"));
        kernel.notify(LinkMessages.nameless(9));
        kernel.notify(FakeKernel.message(20, 0, 0, u32(0), u32(0)));
        assertThat(poll()).isEmpty();
    }

    @Test
    void anOverflowAsksForAResync() {
        kernel.failReceive(Errno.ENOBUFS);
        kernel.notify(LinkMessages.link(0, 9, "enp3s0"));
        assertThat(poll()).hasSize(2).last().isEqualTo(new LinkEvent.ResyncNeeded());
    }

    /** The number of a namespace is signed: -1 says that it has none. */
    @Test
    void anInterfaceBelowInANamespaceWithoutNumberIsNotTakenForOneHere() {
        kernel.notify(LinkMessages.link(0, 9, "macvlan0", attribute(5, u32(3)), attribute(37, u32(-1))));
        assertThat(poll()).singleElement().isInstanceOfSatisfying(LinkEvent.Changed.class, changed -> {
            assertThat(changed.link().linkedIndex()).isEqualTo(3);
            assertThat(changed.link().linkedNamespace()).hasValue(-1);
        });
    }

    @Test
    void anAddressThatIsNotOfEthernetIsNone() {
        kernel.notify(LinkMessages.link(0, 9, "ib0", attribute(1, new byte[20]), attribute(16, new byte[] {99})));
        assertThat(poll()).singleElement().isInstanceOfSatisfying(LinkEvent.Changed.class, changed -> {
            assertThat(changed.link().address()).isNull();
            assertThat(changed.link().operationalState()).isEqualTo(OperationalState.UNKNOWN);
        });
    }

    private List<LinkEvent> poll() {
        List<LinkEvent> heard = new ArrayList<>();
        events.poll(heard::add);
        return heard;
    }
}
