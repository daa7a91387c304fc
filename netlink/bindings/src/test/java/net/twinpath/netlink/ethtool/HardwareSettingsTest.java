package net.twinpath.netlink.ethtool;

import static net.twinpath.netlink.FakeKernel.acknowledgement;
import static net.twinpath.netlink.FakeKernel.attribute;
import static net.twinpath.netlink.FakeKernel.join;
import static net.twinpath.netlink.FakeKernel.text;
import static net.twinpath.netlink.FakeKernel.u32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import jnr.constants.platform.Errno;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.AnnotatedHex;
import net.twinpath.netlink.FakeKernel;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.ethtool.LinkStatus.DuplexMode;
import net.twinpath.netlink.route.Link;
import org.junit.jupiter.api.Test;

/** Requests for PAUSE, rings, channels, coalescing and link modes octet by octet, and replies as drivers give them. */
class HardwareSettingsTest {
    private static final int LINKMODES_REPLY = 4;
    private static final int RINGS_REPLY = 16;
    private static final int CHANNELS_REPLY = 18;
    private static final int COALESCE_REPLY = 20;
    private static final int PAUSE_REPLY = 22;
    private static final Link V0 = EthtoolMessages.V0;

    private final FakeKernel kernel = new FakeKernel().answer(EthtoolMessages::family);
    private final NetlinkSocket socket = new NetlinkSocket(kernel);

    @Test
    void readsPauseAndItsStatistics() {
        byte[] state = join(attribute(2, u8(1)), attribute(3, u8(0)), attribute(4, u8(1)));
        byte[] statistics = attribute(5, attribute(2, u64(1L << 33)), attribute(1), attribute(3, u64(7)));
        Pause pause = new Pause(socket);
        reply(PAUSE_REPLY, state);
        assertThat(pause.get(V0)).isEqualTo(new PauseParameters(true, false, true));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        20000000 1500 0500 02000000 00000000 # the family's number, REQUEST|ACK
                        15 01 0000                           # ETHTOOL_MSG_PAUSE_GET, version 1
                        0c00 0180                            # ETHTOOL_A_PAUSE_HEADER
                          0800 0100 07000000                 #   ETHTOOL_A_HEADER_DEV_INDEX 7
                        """));
        reply(PAUSE_REPLY, state, statistics);
        assertThat(pause.statistics(V0)).isEqualTo(new PauseStatistics(OptionalLong.of(1L << 33), OptionalLong.of(7)));
        assertThat(kernel.lastRequest()).endsWith(AnnotatedHex.littleEndian("""
                        1400 0180                            # ETHTOOL_A_PAUSE_HEADER
                          0800 0100 07000000                 #   ETHTOOL_A_HEADER_DEV_INDEX 7
                          0800 0300 04000000                 #   ETHTOOL_A_HEADER_FLAGS: with statistics
                        """));
        reply(PAUSE_REPLY, state, attribute(5));
        assertThat(pause.statistics(V0))
                .as("a driver that does not count")
                .isEqualTo(new PauseStatistics(OptionalLong.empty(), OptionalLong.empty()));
    }

    @Test
    void setsPause() {
        Pause pause = new Pause(socket);
        kernel.acknowledge().acknowledge();
        pause.set(V0, new PauseParameters(false, true, false));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        38000000 1500 0500 02000000 00000000 # the family's number, REQUEST|ACK
                        16 01 0000                           # ETHTOOL_MSG_PAUSE_SET, version 1
                        0c00 0180                            # ETHTOOL_A_PAUSE_HEADER
                          0800 0100 07000000                 #   ETHTOOL_A_HEADER_DEV_INDEX 7
                        0500 0200 00 000000                  # ETHTOOL_A_PAUSE_AUTONEG off
                        0500 0300 01 000000                  # ETHTOOL_A_PAUSE_RX on
                        0500 0400 00 000000                  # ETHTOOL_A_PAUSE_TX off
                        """));
        pause.set(V0, new PauseParameters(null, null, true));
        assertThat(kernel.lastRequest())
                .as("what is null is not in it")
                .endsWith(AnnotatedHex.littleEndian("0800 0100 07000000" + "0500 0400 01 000000"));
    }

    @Test
    void readsAndSetsRings() {
        Rings rings = new Rings(socket);
        byte[] state =
                join(attribute(2, u32(4096)), attribute(5, u32(2048)), attribute(6, u32(256)), attribute(9, u32(512)));
        reply(RINGS_REPLY, state);
        assertThat(rings.get(V0)).isEqualTo(new RingSizes(256L, 512L));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        20000000 1500 0500 02000000 00000000 # the family's number, REQUEST|ACK
                        0f 01 0000                           # ETHTOOL_MSG_RINGS_GET, version 1
                        0c00 0180                            # ETHTOOL_A_RINGS_HEADER
                          0800 0100 07000000                 #   ETHTOOL_A_HEADER_DEV_INDEX 7
                        """));
        reply(RINGS_REPLY, state);
        assertThat(rings.maximum(V0)).isEqualTo(new RingSizes(4096L, 2048L));
        kernel.acknowledge();
        rings.set(V0, new RingSizes(256L, 512L));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        30000000 1500 0500 04000000 00000000 # the family's number, REQUEST|ACK
                        10 01 0000                           # ETHTOOL_MSG_RINGS_SET, version 1
                        0c00 0180                            # ETHTOOL_A_RINGS_HEADER
                          0800 0100 07000000                 #   ETHTOOL_A_HEADER_DEV_INDEX 7
                        0800 0600 00010000                   # ETHTOOL_A_RINGS_RX 256
                        0800 0900 00020000                   # ETHTOOL_A_RINGS_TX 512
                        """));
    }

    @Test
    void readsAndSetsChannels() {
        Channels channels = new Channels(socket);
        byte[] state = join(attribute(5, u32(8)), attribute(9, u32(4)));
        reply(CHANNELS_REPLY, state);
        assertThat(channels.get(V0)).isEqualTo(new ChannelCounts(null, null, 4L));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        20000000 1500 0500 02000000 00000000 # the family's number, REQUEST|ACK
                        11 01 0000                           # ETHTOOL_MSG_CHANNELS_GET, version 1
                        0c00 0180                            # ETHTOOL_A_CHANNELS_HEADER
                          0800 0100 07000000                 #   ETHTOOL_A_HEADER_DEV_INDEX 7
                        """));
        reply(CHANNELS_REPLY, state);
        assertThat(channels.maximum(V0)).isEqualTo(new ChannelCounts(null, null, 8L));
        kernel.acknowledge();
        channels.set(V0, new ChannelCounts(1L, 2L, 4L));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        38000000 1500 0500 04000000 00000000 # the family's number, REQUEST|ACK
                        12 01 0000                           # ETHTOOL_MSG_CHANNELS_SET, version 1
                        0c00 0180                            # ETHTOOL_A_CHANNELS_HEADER
                          0800 0100 07000000                 #   ETHTOOL_A_HEADER_DEV_INDEX 7
                        0800 0600 01000000                   # ETHTOOL_A_CHANNELS_RX_COUNT 1
                        0800 0700 02000000                   # ETHTOOL_A_CHANNELS_TX_COUNT 2
                        0800 0900 04000000                   # ETHTOOL_A_CHANNELS_COMBINED_COUNT 4
                        """));
    }

    @Test
    void readsAndSetsCoalescing() {
        Coalescing coalescing = new Coalescing(socket);
        reply(COALESCE_REPLY, attribute(2, u32(3)), attribute(7, u32(32)), attribute(11, u8(1)));
        assertThat(coalescing.get(V0)).isEqualTo(new CoalesceParameters(3L, null, null, 32L, true, null));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        20000000 1500 0500 02000000 00000000 # the family's number, REQUEST|ACK
                        13 01 0000                           # ETHTOOL_MSG_COALESCE_GET, version 1
                        0c00 0180                            # ETHTOOL_A_COALESCE_HEADER
                          0800 0100 07000000                 #   ETHTOOL_A_HEADER_DEV_INDEX 7
                        """));
        kernel.acknowledge();
        coalescing.set(V0, new CoalesceParameters(5L, 16L, 7L, 6L, true, false));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        50000000 1500 0500 03000000 00000000 # the family's number, REQUEST|ACK
                        14 01 0000                           # ETHTOOL_MSG_COALESCE_SET, version 1
                        0c00 0180                            # ETHTOOL_A_COALESCE_HEADER
                          0800 0100 07000000                 #   ETHTOOL_A_HEADER_DEV_INDEX 7
                        0800 0200 05000000                   # ETHTOOL_A_COALESCE_RX_USECS 5
                        0800 0300 10000000                   # ETHTOOL_A_COALESCE_RX_MAX_FRAMES 16
                        0800 0600 07000000                   # ETHTOOL_A_COALESCE_TX_USECS 7
                        0800 0700 06000000                   # ETHTOOL_A_COALESCE_TX_MAX_FRAMES 6
                        0500 0b00 01 000000                  # ETHTOOL_A_COALESCE_USE_ADAPTIVE_RX on
                        0500 0c00 00 000000                  # ETHTOOL_A_COALESCE_USE_ADAPTIVE_TX off
                        """));
    }

    @Test
    void readsLinkModes() {
        byte[] offered = attribute(1, attribute(2, text("100baseT/Full")), attribute(3));
        byte[] notOffered = attribute(1, attribute(2, text("10baseT/Half")));
        byte[] ours = attribute(3, attribute(2, u32(92)), attribute(3, offered, notOffered));
        byte[] state = join(attribute(2, u8(1)), ours, attribute(5, u32(-1)), attribute(6, u8(0xff)));
        LinkModes modes = new LinkModes(socket);
        reply(LINKMODES_REPLY, state);
        assertThat(modes.get(V0))
                .isEqualTo(new LinkModeSettings(true, null, null, new TreeSet<>(List.of("100baseT/Full"))));
        reply(LINKMODES_REPLY, state);
        assertThat(modes.supported(V0)).containsExactly("100baseT/Full", "10baseT/Half");
    }

    @Test
    void setsLinkModes() {
        kernel.acknowledge().acknowledge();
        LinkModes modes = new LinkModes(socket);
        modes.set(V0, new LinkModeSettings(false, 100, DuplexMode.HALF, null));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        38000000 1500 0500 02000000 00000000 # the family's number, REQUEST|ACK
                        05 01 0000                           # ETHTOOL_MSG_LINKMODES_SET, version 1
                        0c00 0180                            # ETHTOOL_A_LINKMODES_HEADER
                          0800 0100 07000000                 #   ETHTOOL_A_HEADER_DEV_INDEX 7
                        0500 0200 00 000000                  # ETHTOOL_A_LINKMODES_AUTONEG off
                        0800 0500 64000000                   # ETHTOOL_A_LINKMODES_SPEED 100
                        0500 0600 00 000000                  # ETHTOOL_A_LINKMODES_DUPLEX half
                        """));
        modes.set(V0, new LinkModeSettings(true, null, null, new TreeSet<>(List.of("100baseT/Full"))));
        assertThat(kernel.lastRequest()).endsWith(AnnotatedHex.littleEndian("""
                        0500 0200 01 000000                               # ETHTOOL_A_LINKMODES_AUTONEG on
                        2400 0380                                         # ETHTOOL_A_LINKMODES_OURS
                          0400 0100                                       #   ETHTOOL_A_BITSET_NOMASK: no others
                          1c00 0380                                       #   ETHTOOL_A_BITSET_BITS
                            1800 0180                                     #     ETHTOOL_A_BITSET_BITS_BIT
                              1200 0200 31303062617365542f46756c6c00 0000 #       ETHTOOL_A_BITSET_BIT_NAME
                        """));
    }

    @Test
    void aDriverWithoutASettingIsToldByItsErrno() {
        Pause pause = new Pause(socket);
        kernel.answer(sequence -> List.of(acknowledgement(sequence, Errno.EOPNOTSUPP.intValue(), 0)));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> pause.get(V0))
                .satisfies(e -> assertThat(e.is(Errno.EOPNOTSUPP)).isTrue())
                .withMessage("read PAUSE of v0: EOPNOTSUPP (Operation not supported)");
    }

    @Test
    void aRefusedValueIsToldWithItsAttribute() {
        Rings rings = new Rings(socket);
        kernel.answer(sequence -> List.of(acknowledgement(
                sequence,
                Errno.EINVAL.intValue(),
                Netlink.NLM_F_ACK_TLVS,
                attribute(Netlink.NLMSGERR_ATTR_MSG, text("requested ring size exceeds maximum")),
                attribute(Netlink.NLMSGERR_ATTR_OFFS, u32(32)))));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> rings.set(V0, new RingSizes(1L << 20, null)))
                .withMessage("set ring sizes of v0: EINVAL (Invalid argument): requested ring size exceeds maximum"
                        + " (attribute ETHTOOL_A_RINGS_RX)");
    }

    @Test
    void anAcknowledgementWithoutReplyIsAnError() {
        Channels channels = new Channels(socket);
        kernel.acknowledge();
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> channels.get(V0))
                .withMessageEndingWith("the kernel acknowledged it without a reply");
    }

    private void reply(int command, byte[]... attributes) {
        kernel.answer(sequence -> EthtoolMessages.answer(sequence, command, attributes));
    }

    private static byte[] u8(int value) {
        return new byte[] {(byte) value};
    }

    private static byte[] u64(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(value)
                .array();
    }
}
