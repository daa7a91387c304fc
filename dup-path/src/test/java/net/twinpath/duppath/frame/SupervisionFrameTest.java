package net.twinpath.duppath.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The supervision frame octet by octet, as the Linux kernel's hsr driver sends and reads it. */
class SupervisionFrameTest {
    private static final String NODE = "02000000bb00";
    private static final String RED_BOX = "02000000cc00";
    private static final String HEADER = "01154e000145" + NODE + "88fb";

    @Test
    void ownFrameIsTheKernels() {
        UnsafeBuffer memory = new UnsafeBuffer(new byte[66]);
        Frame frame = new Frame().wrap(memory, 0, SupervisionFrame.LENGTH, 66);
        SupervisionFrame.write(frame, 0x45, 0x02000000BB00L, 0x02000000BB00L, false, 0x7E02);
        assertThat(RedundancyControlTrailer.append(frame, 1)).isTrue();

        assertThat(HexFormat.of().formatHex(memory.byteArray()))
                .isEqualTo(HEADER + "0001" + "7e02" + "1406" + NODE + "00".repeat(34) + "0001a03488fb");
        assertThat(frame.isSupervision()).isTrue();
        assertThat(SupervisionFrame.isValid(frame)).isTrue();
        assertThat(SupervisionFrame.node(frame)).isEqualTo(0x02000000BB00L);
        assertThat(SupervisionFrame.isFromRedBox(frame)).isFalse();
    }

    @Test
    void redBoxNamesTheDeviceAndItselfWhereTheKernelsTestLooksForThem() {
        UnsafeBuffer memory = new UnsafeBuffer(new byte[200]);
        memory.setMemory(0, 200, (byte) 0xEE);
        Frame frame = new Frame().wrap(memory, 100, SupervisionFrame.LENGTH, 100);
        SupervisionFrame.write(frame, 0x45, 0x02000000BB00L, 0x02000000DD00L, true, 1);

        // The string tools/testing/selftests/net/hsr/hsr_prp_redbox.sh looks for: 14 06 SAN 1e 06 RedBox 00 00.
        String device = "02000000dd00";
        assertThat(HexFormat.of().formatHex(memory.byteArray(), 100, 160))
                .isEqualTo(HEADER + "0001" + "0001" + "1406" + device + "1e06" + NODE + "0000" + "00".repeat(24));
        assertThat(memory.getByte(99)).isEqualTo((byte) 0xEE);
        assertThat(memory.getByte(160)).isEqualTo((byte) 0xEE);
    }

    @Test
    void redBoxSpeaksForADevice() {
        Frame frame = frame(HEADER + "0001" + "0000" + "1406" + NODE + "1e06" + RED_BOX + "0000");

        assertThat(SupervisionFrame.isValid(frame)).isTrue();
        assertThat(SupervisionFrame.node(frame)).isEqualTo(0x02000000BB00L);
        assertThat(SupervisionFrame.isFromRedBox(frame)).isTrue();
        assertThat(SupervisionFrame.redBox(frame)).isEqualTo(0x02000000CC00L);
    }

    @Test
    void duplicateAcceptModeIsUnderstood() {
        assertThat(SupervisionFrame.isValid(frame(HEADER + "0001" + "0000" + "1506" + NODE)))
                .isTrue();
    }

    @Test
    void otherVersionsTypesAndLengthsAreRefused() {
        assertThat(SupervisionFrame.isValid(frame(HEADER + "0000" + "0000" + "1406" + NODE)))
                .as("version 0")
                .isFalse();
        assertThat(SupervisionFrame.isValid(frame(HEADER + "0001" + "0000" + "1606" + NODE)))
                .as("HSR announce")
                .isFalse();
        assertThat(SupervisionFrame.isValid(frame(HEADER + "0001" + "0000" + "1405" + NODE)))
                .as("length 5")
                .isFalse();
        byte[] whole = HexFormat.of().parseHex(HEADER + "0001" + "0000" + "1406" + NODE);
        UnsafeBuffer memory = new UnsafeBuffer(whole);
        assertThat(SupervisionFrame.isValid(new Frame().wrap(memory, 0, whole.length, whole.length)))
                .as("cut short")
                .isFalse();
    }

    private static Frame frame(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex + "00".repeat(SupervisionFrame.LENGTH - hex.length() / 2));
        UnsafeBuffer memory = new UnsafeBuffer(octets);
        return new Frame().wrap(memory, 0, octets.length, octets.length);
    }
}
