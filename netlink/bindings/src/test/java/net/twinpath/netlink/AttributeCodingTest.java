package net.twinpath.netlink;

import static net.twinpath.netlink.FakeKernel.attribute;
import static net.twinpath.netlink.FakeKernel.join;
import static net.twinpath.netlink.FakeKernel.text;
import static net.twinpath.netlink.FakeKernel.u16;
import static net.twinpath.netlink.FakeKernel.u32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HexFormat;
import java.util.SplittableRandom;
import net.twinpath.linux.Netlink;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Attributes on the wire: lengths, padding, byte order, nests, and octets that are no attributes. */
class AttributeCodingTest {
    private final AttributeEncoder encoder = new AttributeEncoder(1, 0, 1);

    @Test
    void everyPayloadIsWrittenWithItsLengthAndPaddedToFour() {
        encoder.putU8(1, "A", 0xFF);
        encoder.putU16(2, "B", 0xFFFE);
        encoder.putU32(3, "C", 0xFFFF_FFFEL);
        encoder.putU64(4, "D", -2);
        encoder.putS32(5, "E", -3);
        encoder.putString(6, "F", "veth");
        encoder.putBytes(7, "G", new byte[] {1, 2, 3});
        encoder.putFlag(8, "H");
        encoder.putU16BigEndian(9, "I", 0x88A8);
        encoder.putU32BigEndian(10, "J", 0x01020304);
        assertThat(body()).isEqualTo(AnnotatedHex.littleEndian("""
                        0500 0100 ff 000000         # u8, three octets of padding
                        0600 0200 feff 0000         # u16
                        0800 0300 feffffff          # u32
                        0c00 0400 feffffffffffffff  # u64
                        0800 0500 fdffffff          # s32
                        0900 0600 7665746800 000000 # string with its closing zero
                        0700 0700 010203 00         # octets
                        0400 0800                   # flag
                        0600 0900 88a8 0000         # u16, big-endian
                        0800 0a00 01020304          # u32, big-endian
                        """));
    }

    @Test
    void aNestIsMarkedAndCountsWhatIsInIt() {
        encoder.beginNest(18, "OUTER");
        encoder.putString(1, "KIND", "veth");
        encoder.beginNestWithHeader(1, "PEER");
        encoder.reserve(16);
        encoder.putFlag(3, "FLAG");
        encoder.endNest();
        encoder.endNest();
        assertThat(body()).isEqualTo(AnnotatedHex.littleEndian("""
                        2800 1280                           # 40 octets, type 18 with NLA_F_NESTED
                          0900 0100 7665746800 000000       # KIND
                          1800 0100                         # 24 octets, not marked: a header comes first
                            00000000 00000000 00000000 00000000
                            0400 0300                       # FLAG
                        """));
    }

    @Test
    void knowsWhichAttributeBeginsAtAnOffset() {
        encoder.beginNest(18, "OUTER");
        encoder.putFlag(1, "INNER");
        encoder.endNest();
        assertThat(encoder.nameAt(16)).isEqualTo("OUTER");
        assertThat(encoder.nameAt(20)).isEqualTo("INNER");
        assertThat(encoder.nameAt(18)).isNull();
    }

    @Test
    void refusesNumbersTooLargeForTheirType() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.putU8(1, "IFA_PREFIX", 256))
                .withMessage("IFA_PREFIX is 256, not 0 to 255");
        assertThatIllegalArgumentException().isThrownBy(() -> encoder.putU16(1, "A", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> encoder.putU32(1, "A", 1L << 32));
    }

    @Test
    void refusesPayloadsAndNestsLongerThanTheLengthFieldTells() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.putBytes(1, "ALIAS", new byte[0x10000]))
                .withMessage("ALIAS is longer than a netlink attribute can be");
        encoder.beginNest(1, "LIST");
        encoder.putBytes(1, "A", new byte[40_000]);
        encoder.putBytes(1, "A", new byte[40_000]);
        assertThatIllegalArgumentException()
                .isThrownBy(encoder::endNest)
                .withMessage("LIST is longer than a netlink attribute can be");
    }

    @Test
    void aMessageWithAnOpenNestIsNotFinished() {
        encoder.beginNest(1, "LIST");
        assertThatIllegalStateException().isThrownBy(encoder::finish).withMessage("LIST is not closed");
    }

    @Test
    void readsWhatTheKernelWrites() {
        AttributeDecoder in = decoder(
                attribute(1, u16(0xFFFE)),
                attribute(2 | Netlink.NLA_F_NESTED, attribute(7, text("mon")), attribute(8, u32(-1))),
                attribute(3, new byte[] {'a', 'b'}),
                attribute(4, u32(5), u32(6)));
        assertThat(in.next()).isTrue();
        assertThat(in.u16()).isEqualTo(0xFFFE);
        assertThat(in.next()).isTrue();
        assertThat(in.type()).isEqualTo(2);
        AttributeDecoder nest = in.nest();
        assertThat(nest.next()).isTrue();
        assertThat(nest.string()).isEqualTo("mon");
        assertThat(nest.next()).isTrue();
        assertThat(nest.u32()).isEqualTo(0xFFFF_FFFFL);
        assertThat(nest.s32()).isEqualTo(-1);
        assertThat(nest.next()).isFalse();
        assertThat(in.next()).isTrue();
        assertThat(in.string()).as("a string without closing zero").isEqualTo("ab");
        assertThat(in.next()).isTrue();
        assertThat(in.u32()).as("a payload that grew in a newer kernel").isEqualTo(5);
        assertThat(in.next()).isFalse();
    }

    @Test
    void refusesOctetsThatAreNoAttributes() {
        AttributeDecoder tooLong = decoder(new byte[] {9, 0, 1, 0, 0, 0, 0, 0});
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(tooLong::next)
                .withMessage("attribute 1 of 9 octets where 8 are left");
        AttributeDecoder tooShort = decoder(attribute(4, u16(1)));
        assertThat(tooShort.next()).isTrue();
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(tooShort::u32)
                .withMessage("attribute 4 has 2 octets, its number needs 4");
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> decoder(u32(0)).take(16))
                .withMessage("header of 16 octets where 4 are left");
    }

    @Test
    void anyOctetsAreEitherReadOrRefused() {
        SplittableRandom random = new SplittableRandom(0x6e6c);
        for (int round = 0; round < 20_000; round++) {
            byte[] octets = new byte[random.nextInt(64)];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(12));
            }
            AttributeDecoder in = decoder(octets);
            try {
                int attributes = 0;
                while (in.next()) {
                    attributes++;
                    assertThat(in.bytes().length).isLessThanOrEqualTo(octets.length - 4);
                }
                assertThat(attributes).isLessThanOrEqualTo(octets.length / 4);
            } catch (MalformedMessageException refused) {
                assertThat(refused).hasMessageContaining("are left");
            }
        }
    }

    private String body() {
        byte[] octets = new byte[encoder.finish() - Netlink.NLMSGHDR_LENGTH];
        encoder.buffer().getBytes(Netlink.NLMSGHDR_LENGTH, octets);
        return HexFormat.of().formatHex(octets);
    }

    private static AttributeDecoder decoder(byte[]... parts) {
        byte[] octets = join(parts);
        return new AttributeDecoder(new UnsafeBuffer(octets), 0, octets.length);
    }
}
