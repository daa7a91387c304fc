package net.twinpath.duppath.frame;

import static net.twinpath.duppath.frame.HexFrames.frame;
import static net.twinpath.duppath.frame.HexFrames.hex;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ethernet header fields and the VLAN tag put back. */
class FrameTest {
    @Test
    void fieldsAreReadInNetworkOrder() {
        Frame frame = frame("f0e1d2c3b4a5" + "0a1b2c3d4e5f" + "86dd" + "00");

        assertThat(frame.destination()).isEqualTo(0xF0E1D2C3B4A5L);
        assertThat(frame.source()).isEqualTo(0x0A1B2C3D4E5FL);
        assertThat(frame.type()).isEqualTo(0x86DD);
    }

    @Test
    void addressesNoBridgeForwardsAreLinkLocal() {
        assertThat(frame("0180c2000000" + "0a1b2c3d4e5f" + "0026").isLinkLocal())
                .as("STP")
                .isTrue();
        assertThat(frame("0180c200000e" + "0a1b2c3d4e5f" + "88cc").isLinkLocal())
                .as("LLDP")
                .isTrue();
        assertThat(frame("0180c2000010" + "0a1b2c3d4e5f" + "0026").isLinkLocal())
                .isFalse();
        assertThat(frame("0180c3000000" + "0a1b2c3d4e5f" + "0026").isLinkLocal())
                .isFalse();
    }

    @Test
    void supervisionFramesAreKnownByAddressAndType() {
        assertThat(frame("01154e000145" + "0a1b2c3d4e5f" + "88fb").isSupervision())
                .isTrue();
        assertThat(frame("01154e000245" + "0a1b2c3d4e5f" + "88fb").isSupervision())
                .isFalse();
        assertThat(frame("01154e000145" + "0a1b2c3d4e5f" + "0800").isSupervision())
                .isFalse();
    }

    @Test
    void frameWithoutAWholeHeaderIsTooShort() {
        assertThat(frame("f0e1d2c3b4a5" + "0a1b2c3d4e5f" + "08").isTooShort()).isTrue();
        assertThat(frame("f0e1d2c3b4a5" + "0a1b2c3d4e5f" + "0800").isTooShort()).isFalse();
    }

    @Test
    void tagIsPutBackBetweenAddressesAndType() {
        Frame frame = frame("f0e1d2c3b4a5" + "0a1b2c3d4e5f" + "0800" + "c0ffee");

        VlanTag.insert(frame, 0x88A8, 0x6005);

        assertThat(hex(frame)).isEqualTo("f0e1d2c3b4a5" + "0a1b2c3d4e5f" + "88a8" + "6005" + "0800" + "c0ffee");
        assertThat(frame.offset()).isEqualTo(HexFrames.START - VlanTag.LENGTH);
        assertThat(frame.tailroom()).isEqualTo(HexFrames.TAILROOM);
    }
}
