package net.twinpath.duppath.frame;

import static net.twinpath.duppath.frame.HexFrames.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The continuity check message octet by octet, as IEEE 802.1Q 21.6 draws it and as dissectors read it. */
class ContinuityCheckTest {
    private static final String NODE = "02000000bb00";
    private static final String MAID = "010208" + "7477696e70617468" + "00".repeat(37);
    private static final String MESSAGE = "0180c2000037" + NODE + "8902" + "e0" + "01" + "84" + "46" + "00000007"
            + "1234" + MAID + "00".repeat(16) + "00";

    @Test
    void messageIsTheStandards() {
        UnsafeBuffer memory = new UnsafeBuffer(new byte[120]);
        memory.setMemory(0, 120, (byte) 0xEE);
        Frame frame = new Frame().wrap(memory, 10, ContinuityCheck.LENGTH, ContinuityCheck.LENGTH);
        ContinuityCheck.write(frame, 0x02000000BB00L, 0x1234, 1_000_000_000, true, 7);

        assertThat(HexFormat.of().formatHex(memory.byteArray(), 10, 99)).isEqualTo(MESSAGE);
        assertThat(memory.getByte(9)).isEqualTo((byte) 0xEE);
        assertThat(memory.getByte(99)).isEqualTo((byte) 0xEE);
        assertThat(ContinuityCheck.isPresent(frame)).isTrue();
    }

    @Test
    void intervalAndDefectAreRead() {
        assertThat(ContinuityCheck.intervalNs(frame(MESSAGE))).isEqualTo(1_000_000_000);
        assertThat(ContinuityCheck.isDefect(frame(MESSAGE))).isTrue();
        Frame quick = frame(MESSAGE.replace("e00184", "e00103"));
        assertThat(ContinuityCheck.isPresent(quick)).isTrue();
        assertThat(ContinuityCheck.intervalNs(quick)).isEqualTo(100_000_000);
        assertThat(ContinuityCheck.isDefect(quick)).isFalse();
    }

    @Test
    void messagesThatAreNotOursAreNotTaken() {
        assertThat(ContinuityCheck.isPresent(frame(MESSAGE))).isTrue();
        for (String other : new String[] {
            MESSAGE.replace("0180c2000037", "0180c2000036"),
            MESSAGE.replace("8902", "8903"),
            MESSAGE.replace("e00184", "e00284"),
            MESSAGE.replace("e00184", "e00180"),
            MESSAGE.replace("7477696e", "7477696f"),
            MESSAGE.replace(MAID, MAID.substring(0, 94) + "01"),
            MESSAGE.substring(0, MESSAGE.length() - 2)
        }) {
            assertThat(ContinuityCheck.isPresent(frame(other))).as(other).isFalse();
        }
    }

    @Test
    void onlyIntervalsThatHaveACodeCanBeSent() {
        assertThat(ContinuityCheck.isInterval(100_000_000)).isTrue();
        assertThat(ContinuityCheck.isInterval(10_000_000_000L)).isTrue();
        assertThat(ContinuityCheck.isInterval(0)).isFalse();
        assertThat(ContinuityCheck.isInterval(2_000_000_000)).isFalse();
    }
}
