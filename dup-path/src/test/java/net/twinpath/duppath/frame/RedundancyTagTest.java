package net.twinpath.duppath.frame;

import static net.twinpath.duppath.frame.HexFrames.frame;
import static net.twinpath.duppath.frame.HexFrames.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The R-TAG and a link's VLAN tag octet by octet, as IEEE 802.1CB clause 7.8 and 802.1Q draw them. */
class RedundancyTagTest {
    private static final String ADDRESSES = "02000000bb0002000000aa00";

    @Test
    void tagStandsBehindTheAddressesOfAnUntaggedFrame() {
        Frame frame = frame(ADDRESSES + "0800" + "5a".repeat(50));
        RedundancyTag.insert(frame, RedundancyTag.positionBehindTag(frame), 0x1234);

        assertThat(hex(frame)).isEqualTo(ADDRESSES + "f1c1" + "0000" + "1234" + "0800" + "5a".repeat(50));
        int position = RedundancyTag.position(frame);
        assertThat(position).isEqualTo(12);
        assertThat(RedundancyTag.sequenceNumber(frame, position)).isEqualTo(0x1234);
    }

    @Test
    void tagStandsBehindTheOuterVlanTag() {
        Frame tagged = frame(ADDRESSES + "81006005" + "0800" + "5a".repeat(50));
        RedundancyTag.insert(tagged, RedundancyTag.positionBehindTag(tagged), 0xFFFF);
        assertThat(hex(tagged)).isEqualTo(ADDRESSES + "81006005" + "f1c10000ffff" + "0800" + "5a".repeat(50));

        Frame doubled = frame(ADDRESSES + "88a80064" + "81000005" + "0800" + "5a".repeat(50));
        RedundancyTag.insert(doubled, RedundancyTag.positionBehindTag(doubled), 1);
        assertThat(hex(doubled))
                .isEqualTo(ADDRESSES + "88a80064" + "f1c100000001" + "81000005" + "0800" + "5a".repeat(50));
    }

    @Test
    void tagMovesBehindTheOuterVlanTagAndBack() {
        for (String own : List.of("", "81006005", "88a80064" + "81000005")) {
            String outer = own.substring(0, Math.min(8, own.length()));
            String rest = own.substring(outer.length()) + "0800" + "5a".repeat(50);
            Frame frame = frame(ADDRESSES + outer + rest);
            RedundancyTag.insert(frame, 12, 0x1234);
            String before = hex(frame);
            RedundancyTag.moveBehindTag(frame);
            assertThat(hex(frame)).isEqualTo(ADDRESSES + outer + "f1c100001234" + rest);
            RedundancyTag.moveBeforeTag(frame);
            assertThat(hex(frame)).isEqualTo(before).isEqualTo(ADDRESSES + "f1c100001234" + outer + rest);
        }
    }

    @Test
    void shortFramesArePaddedWithTheirTags() {
        Frame plain = frame(ADDRESSES + "0806" + "0001");
        RedundancyTag.insert(plain, 12, 7);
        assertThat(hex(plain)).isEqualTo(ADDRESSES + "f1c100000007" + "0806" + "0001" + "00".repeat(38));

        Frame tagged = frame(ADDRESSES + "81000002" + "0806" + "0001");
        RedundancyTag.insert(tagged, 16, 7);
        assertThat(tagged.length()).isEqualTo(60);

        Frame enough = frame(ADDRESSES + "0806" + "5a".repeat(40));
        RedundancyTag.insert(enough, 12, 7);
        assertThat(hex(enough)).isEqualTo(ADDRESSES + "f1c100000007" + "0806" + "5a".repeat(40));
    }

    @Test
    void tagIsFoundBehindNoneOneOrTwoVlanTags() {
        String tag = "f1c1" + "abcd" + "0102" + "86dd" + "00".repeat(46);
        for (String vlans : new String[] {"", "81000042", "88a80064" + "81000005"}) {
            Frame frame = frame(ADDRESSES + vlans + tag);
            int position = RedundancyTag.position(frame);
            assertThat(position).isEqualTo(12 + vlans.length() / 2);
            assertThat(RedundancyTag.sequenceNumber(frame, position)).isEqualTo(0x0102);

            RedundancyTag.remove(frame, position);
            assertThat(hex(frame)).isEqualTo(ADDRESSES + vlans + "86dd" + "00".repeat(46));
        }
    }

    @Test
    void framesThatEndWithinTheirTagAreToldFromThoseThatHaveNone() {
        assertThat(RedundancyTag.position(frame(ADDRESSES + "0800"))).isEqualTo(RedundancyTag.ABSENT);
        assertThat(RedundancyTag.position(frame(ADDRESSES + "8100"))).isEqualTo(RedundancyTag.ABSENT);
        assertThat(RedundancyTag.position(frame(ADDRESSES + "81000005"))).isEqualTo(RedundancyTag.ABSENT);
        assertThat(RedundancyTag.position(frame(ADDRESSES + "f1c1"))).isEqualTo(RedundancyTag.CUT_SHORT);
        assertThat(RedundancyTag.position(frame(ADDRESSES + "f1c100000102"))).isEqualTo(RedundancyTag.CUT_SHORT);
        assertThat(RedundancyTag.position(frame(ADDRESSES + "f1c1000001020800")))
                .isEqualTo(12);
    }

    @Test
    void linksVlanTagComesInFrontAndGoesAgain() {
        Frame frame = frame(ADDRESSES + "81006005" + "0800" + "5a".repeat(50));
        VlanTag.push(frame, 66, VlanTag.priority(frame, 0));
        assertThat(hex(frame)).isEqualTo(ADDRESSES + "81006042" + "81006005" + "0800" + "5a".repeat(50));
        assertThat(VlanTag.isOf(frame, 66)).isTrue();
        assertThat(VlanTag.isOf(frame, 5)).isFalse();

        VlanTag.pop(frame);
        assertThat(hex(frame)).isEqualTo(ADDRESSES + "81006005" + "0800" + "5a".repeat(50));
        assertThat(VlanTag.isOf(frame(ADDRESSES + "81"), 0)).isFalse();
    }

    @Test
    void whatIsPutInAndTakenOutLeavesEveryFrameAsItWas() {
        SplittableRandom random = new SplittableRandom(0x802_1CB);
        for (int i = 0; i < 10_000; i++) {
            byte[] octets = new byte[64 + random.nextInt(1_460)];
            random.nextBytes(octets);
            if (random.nextBoolean()) {
                octets[12] = (byte) 0x81;
                octets[13] = 0;
            }
            String before = HexFormat.of().formatHex(octets);
            Frame frame = frame(before);
            int number = random.nextInt(0x1_0000);
            RedundancyTag.insert(frame, RedundancyTag.positionBehindTag(frame), number);
            VlanTag.push(frame, 4094, 7);

            VlanTag.pop(frame);
            int position = RedundancyTag.position(frame);
            assertThat(RedundancyTag.sequenceNumber(frame, position)).isEqualTo(number);
            RedundancyTag.remove(frame, position);
            assertThat(hex(frame)).isEqualTo(before);
        }
    }
}
