package net.twinpath.duppath.frame;

import static net.twinpath.duppath.frame.HexFrames.frame;
import static net.twinpath.duppath.frame.HexFrames.hex;
import static net.twinpath.duppath.frame.RedundancyControlTrailer.LAN_A;
import static net.twinpath.duppath.frame.RedundancyControlTrailer.LAN_B;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The trailer octet by octet, as IEC 62439-3 and the Linux kernel's hsr driver write and read it. */
class RedundancyControlTrailerTest {
    private static final String ADDRESSES = "ffffffffffff" + "02005e0000aa";

    @Test
    void shortestFrameIsPaddedToSixtyOctetsBeforeTheTrailer() {
        Frame frame = frame(ADDRESSES + "0800" + "c0ffee");

        assertThat(RedundancyControlTrailer.append(frame, 0x1234)).isTrue();

        assertThat(hex(frame)).isEqualTo(ADDRESSES + "0800" + "c0ffee" + "00".repeat(43) + "1234" + "a034" + "88fb");
        assertThat(frame.length()).isEqualTo(66);
    }

    @Test
    void taggedFrameIsPaddedToSixtyFourOctetsAndItsTagIsNotCounted() {
        Frame frame = frame(ADDRESSES + "8100" + "6005" + "0800" + "c0ffee");

        assertThat(RedundancyControlTrailer.append(frame, 0xFFFF)).isTrue();

        assertThat(hex(frame))
                .isEqualTo(ADDRESSES + "810060050800" + "c0ffee" + "00".repeat(43) + "ffff" + "a034" + "88fb");
        assertThat(frame.length()).isEqualTo(70);
    }

    @Test
    void outerServiceTagIsCountedBecauseOnlyOneCustomerTagIsNot() {
        Frame frame = frame(ADDRESSES + "88a8" + "0064" + "8100" + "0005" + "0800" + "00".repeat(42));

        assertThat(RedundancyControlTrailer.append(frame, 7)).isTrue();

        assertThat(hex(frame)).endsWith("0007" + "a038" + "88fb");
        assertThat(frame.length()).isEqualTo(70);
    }

    @Test
    void fullSizeFrameGivesTheKnownSize() {
        Frame frame = frame(ADDRESSES + "0800" + "5a".repeat(1500));

        assertThat(RedundancyControlTrailer.append(frame, 0)).isTrue();

        assertThat(hex(frame)).endsWith("5a" + "0000" + "a5e2" + "88fb");
        assertThat(frame.length()).isEqualTo(1520);
    }

    @Test
    void frameWhoseSizeTheFieldCannotHoldIsRefusedUnchanged() {
        Frame largest = frame(ADDRESSES + "0800" + "00".repeat(4089));
        Frame tooLarge = frame(ADDRESSES + "0800" + "00".repeat(4090));
        String before = hex(tooLarge);

        assertThat(RedundancyControlTrailer.append(largest, 0)).isTrue();
        assertThat(hex(largest)).endsWith("0000" + "afff" + "88fb");
        assertThat(RedundancyControlTrailer.append(tooLarge, 0)).isFalse();
        assertThat(hex(tooLarge)).isEqualTo(before);
    }

    @Test
    void frameWithoutRoomIsRefusedUnchanged() {
        UnsafeBuffer memory = new UnsafeBuffer(new byte[100]);
        Frame frame = new Frame().wrap(memory, 0, 95, 100);

        assertThat(RedundancyControlTrailer.append(frame, 0)).isFalse();
        assertThat(frame.length()).isEqualTo(95);
    }

    @Test
    void otherLansCopyDiffersInOneNibbleOnly() {
        Frame frame = frame(ADDRESSES + "0800" + "c0ffee");
        RedundancyControlTrailer.append(frame, 0x1234);
        String lanA = hex(frame);

        RedundancyControlTrailer.readdress(frame.buffer(), RedundancyControlTrailer.lanIdOffset(frame), LAN_B);

        assertThat(hex(frame)).isEqualTo(lanA.replace("1234a034", "1234b034"));
        assertThat(RedundancyControlTrailer.lanId(frame)).isEqualTo(LAN_B);
    }

    @Test
    void whatWasPutOnIsFoundReadAndTakenOff() {
        SplittableRandom random = new SplittableRandom(0x5E55101D);
        for (int i = 0; i < 2_000; i++) {
            byte[] payload = new byte[random.nextInt(46, 1500)];
            random.nextBytes(payload);
            String original = ADDRESSES + "0800" + HexFormat.of().formatHex(payload);
            Frame frame = frame(original);
            int number = random.nextInt(0x10000);

            assertThat(RedundancyControlTrailer.append(frame, number)).isTrue();
            assertThat(RedundancyControlTrailer.isPresent(frame)).isTrue();
            assertThat(RedundancyControlTrailer.sequenceNumber(frame)).isEqualTo(number);
            assertThat(RedundancyControlTrailer.lanId(frame)).isEqualTo(LAN_A);
            RedundancyControlTrailer.remove(frame);
            assertThat(hex(frame)).isEqualTo(original);
        }
    }

    @Test
    void ordinaryPayloadThatEndsInTheSuffixIsNotATrailer() {
        String body = ADDRESSES + "0800" + "00".repeat(46);
        assertThat(present(body + "0001" + "a034" + "88fb")).isTrue();
        assertThat(present(body + "0001" + "b034" + "88fb")).isTrue();
        assertThat(present(body + "0001" + "a034" + "88fc")).as("suffix").isFalse();
        assertThat(present(body + "0001" + "a033" + "88fb")).as("LSDUsize").isFalse();
        assertThat(present(body + "0001" + "c034" + "88fb")).as("LanId").isFalse();
        assertThat(present(body + "0001" + "a034" + "88fb" + "0000"))
                .as("padding behind it")
                .isFalse();
        assertThat(present(ADDRESSES + "0001a00688fb"))
                .as("too short for any frame")
                .isFalse();
    }

    private static boolean present(String hex) {
        return RedundancyControlTrailer.isPresent(frame(hex));
    }
}
