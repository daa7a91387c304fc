package net.twinpath.netlink.route;

import static net.twinpath.netlink.FakeKernel.attribute;
import static net.twinpath.netlink.FakeKernel.join;
import static net.twinpath.netlink.FakeKernel.message;
import static net.twinpath.netlink.FakeKernel.text;
import static net.twinpath.netlink.FakeKernel.u32;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import jnr.constants.platform.Errno;
import net.twinpath.netlink.FakeKernel;
import net.twinpath.netlink.NetlinkSocket;
import org.junit.jupiter.api.Test;

/** Address notifications as the kernel sends them, and what is made of them. */
class AddressEventsTest {
    private static final int NEWADDR = 20;
    private static final int DELADDR = 21;
    private static final byte[] OWN = {(byte) 192, 0, 2, 17};

    private final FakeKernel kernel = new FakeKernel();
    private final AddressEvents events = new AddressEvents(new NetlinkSocket(kernel));

    @Test
    void listensToTheGroupsOfBothFamilies() {
        assertThat(kernel.groups()).containsExactly(5, 9);
    }

    @Test
    void tellsOfAnIpv4AddressWithAllThatIsKnownOfIt() throws Exception {
        byte[] attributes = join(
                attribute(1, new byte[] {(byte) 192, 0, 2, 18}),
                attribute(2, OWN),
                attribute(3, text("v0:x")),
                attribute(4, new byte[] {(byte) 192, 0, 2, 31}),
                attribute(6, u32(1800), u32(3600), u32(1), u32(2)),
                attribute(8, u32(0x200)),
                attribute(9, u32(77)),
                attribute(11, new byte[] {5}));
        kernel.notify(message(NEWADDR, 0, 0, header(2, 28, 0x80, 253), attributes));
        assertThat(poll())
                .containsExactly(new AddressEvent.Changed(new Address(
                        9,
                        InetAddress.getByAddress(OWN),
                        28,
                        InetAddress.getByName("192.0.2.18"),
                        InetAddress.getByName("192.0.2.31"),
                        "v0:x",
                        253,
                        0x200,
                        77,
                        5,
                        3600,
                        1800)));
    }

    /** The header has eight bits of the flags; of IPv6 the peer is only told when there is one. */
    @Test
    void whatIsNotToldHasItsUsualValue() throws Exception {
        InetAddress address = InetAddress.getByName("2001:db8::17");
        kernel.notify(message(NEWADDR, 0, 0, header(10, 64, 0xc0, 0), attribute(1, address.getAddress())));
        Address usual = new Address(9, address, 64, null, null, null, 0, 0xc0, 0, 0, Address.FOREVER, Address.FOREVER);
        assertThat(poll()).containsExactly(new AddressEvent.Changed(usual));
        assertThat(usual.isTentative()).isTrue();
    }

    @Test
    void anAddressWithAnIpv4AddressInItIsStillOfIpv6() {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        kernel.notify(message(NEWADDR, 0, 0, header(10, 128, 0, 0), attribute(1, mapped)));
        assertThat(poll())
                .singleElement()
                .isInstanceOfSatisfying(
                        AddressEvent.Changed.class,
                        changed -> assertThat(changed.address().address()).isInstanceOf(Inet6Address.class));
    }

    @Test
    void tellsOfAnAddressThatIsGone() throws Exception {
        kernel.notify(message(DELADDR, 0, 0, header(2, 24, 0x80, 0), attribute(1, OWN), attribute(2, OWN)));
        assertThat(poll()).singleElement().isInstanceOfSatisfying(AddressEvent.Removed.class, removed -> {
            assertThat(removed.address()).hasToString("192.0.2.17/24");
            assertThat(removed.address().peer()).isNull();
        });
    }

    @Test
    void passesOverMessagesThatTellOfSomethingElse() {
        kernel.notify(message(NEWADDR, 0, 0, header(2, 24, 0, 0)));
        kernel.notify(message(16, 0, 0, header(2, 24, 0, 0), attribute(2, OWN)));
        assertThat(poll()).isEmpty();
    }

    @Test
    void anOverflowAsksForAResync() {
        kernel.failReceive(Errno.ENOBUFS);
        kernel.notify(message(DELADDR, 0, 0, header(2, 24, 0x80, 0), attribute(2, OWN)));
        assertThat(poll()).hasSize(2).last().isEqualTo(new AddressEvent.ResyncNeeded());
    }

    /** {@code struct ifaddrmsg} of the interface with index 9. */
    private static byte[] header(int family, int prefixLength, int flags, int scope) {
        return join(new byte[] {(byte) family, (byte) prefixLength, (byte) flags, (byte) scope}, u32(9));
    }

    private List<AddressEvent> poll() {
        List<AddressEvent> heard = new ArrayList<>();
        events.poll(heard::add);
        return heard;
    }
}
