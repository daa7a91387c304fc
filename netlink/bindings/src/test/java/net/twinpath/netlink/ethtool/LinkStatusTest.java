package net.twinpath.netlink.ethtool;

import static net.twinpath.netlink.FakeKernel.acknowledgement;
import static net.twinpath.netlink.FakeKernel.attribute;
import static net.twinpath.netlink.FakeKernel.u32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import jnr.constants.platform.Errno;
import net.twinpath.netlink.AnnotatedHex;
import net.twinpath.netlink.FakeKernel;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.ethtool.LinkStatus.DuplexMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests for link state and link modes octet by octet, and replies as drivers give them. */
class LinkStatusTest {
    private static final int LINKMODES_REPLY = 4;
    private static final int LINKSTATE_REPLY = 6;
    private static final int LINK = 2;
    private static final int AUTONEG = 2;
    private static final int SPEED = 5;
    private static final int DUPLEX = 6;

    private final FakeKernel kernel = new FakeKernel();

    @Test
    void asksForTheStateAndThenForTheModes() {
        detected(1);
        modes(attribute(AUTONEG, u8(1)), attribute(SPEED, u32(1000)), attribute(DUPLEX, u8(1)));

        assertThat(read()).isEqualTo(new LinkStatus(true, OptionalInt.of(1000), DuplexMode.FULL));
        assertThat(HexFormat.of().formatHex(kernel.requests().get(1))).isEqualTo(AnnotatedHex.littleEndian("""
                        20000000 1500 0500 02000000 00000000 # the family's number, REQUEST|ACK
                        06 01 0000                           # ETHTOOL_MSG_LINKSTATE_GET, version 1
                        0c00 0180                            # ETHTOOL_A_LINKSTATE_HEADER
                          0800 0100 07000000                 #   ETHTOOL_A_HEADER_DEV_INDEX 7
                        """));
        assertThat(kernel.lastRequest()).isEqualTo(AnnotatedHex.littleEndian("""
                        20000000 1500 0500 03000000 00000000 # the family's number, REQUEST|ACK
                        04 01 0000                           # ETHTOOL_MSG_LINKMODES_GET, version 1
                        0c00 0180                            # ETHTOOL_A_LINKMODES_HEADER
                          0800 0100 07000000                 #   ETHTOOL_A_HEADER_DEV_INDEX 7
                        """));
    }

    /** 0, and -1 in 16 and in 32 bits, all stand for "unknown"; see also ethtool(8). */
    @ParameterizedTest
    @CsvSource({"10, 10", "2500, 2500", "400000, 400000", "65534, 65534", "65535,", "0,", "-1,"})
    void aSpeedIsANumberOfMegabitsOrNotKnown(int told, Integer speed) {
        detected(1);
        modes(attribute(SPEED, u32(told)), attribute(DUPLEX, u8(1)));

        assertThat(read().speedMbps()).isEqualTo(speed == null ? OptionalInt.empty() : OptionalInt.of(speed));
    }

    @ParameterizedTest
    @CsvSource({"0, HALF", "1, FULL", "255, UNKNOWN", "7, UNKNOWN"})
    void aDuplexModeIsHalfFullOrNotKnown(int told, DuplexMode duplex) {
        detected(0);
        modes(attribute(DUPLEX, u8(told)));

        assertThat(read()).isEqualTo(new LinkStatus(false, OptionalInt.empty(), duplex));
    }

    @Test
    void aDriverWithoutLinkModesHasNeitherSpeedNorDuplex() {
        detected(1);
        refuse(Errno.EOPNOTSUPP);

        assertThat(read()).isEqualTo(new LinkStatus(true, OptionalInt.empty(), DuplexMode.UNKNOWN));
    }

    @Test
    void anInterfaceThatHasGoneIsAnError() {
        detected(1);
        refuse(Errno.ENODEV);

        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(this::read)
                .withMessage("read link modes of v0: ENODEV (No such device)");
    }

    private void detected(int link) {
        kernel.answer(EthtoolMessages::family)
                .answer(sequence -> EthtoolMessages.answer(sequence, LINKSTATE_REPLY, attribute(LINK, u8(link))));
    }

    private void modes(byte[]... attributes) {
        kernel.answer(sequence -> EthtoolMessages.answer(sequence, LINKMODES_REPLY, attributes));
    }

    private void refuse(Errno errno) {
        kernel.answer(sequence -> List.of(acknowledgement(sequence, errno.intValue(), 0)));
    }

    private LinkStatus read() {
        return new LinkStatus.Reader(new NetlinkSocket(kernel)).read(EthtoolMessages.V0);
    }

    private static byte[] u8(int value) {
        return new byte[] {(byte) value};
    }
}
