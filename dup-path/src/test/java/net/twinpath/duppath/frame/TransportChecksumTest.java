package net.twinpath.duppath.frame;

import static net.twinpath.duppath.frame.Octets.concat;
import static net.twinpath.duppath.frame.Octets.get16;
import static net.twinpath.duppath.frame.Octets.naiveSum;
import static net.twinpath.duppath.frame.Octets.octets;
import static net.twinpath.duppath.frame.Octets.put16;
import static net.twinpath.duppath.frame.Octets.random;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transport checksums of frames a kernel sent, of random frames against a naive sum, and of frames meant to mislead. */
class TransportChecksumTest {
    private static final String ETHERNET = "0a0000000002" + "0a0000000001";

    /** As Linux 6 sent them with transmit checksum offload switched off. */
    private static final String TCP_SYN_IPV4 = ETHERNET + "0800"
            + "4500003ce1934000400635140a0908010a090802"
            + "e1d4138852cec99900000000a002faf0d6740000020405b40402080a2de312db000000000103030a";

    private static final String TCP_ODD_IPV4 = ETHERNET + "0800"
            + "45000043e19540004006350b0a0908010a090802"
            + "e1d4138852cec99a963ed52b8018003fa25100000101080a2de312db6914785c"
            + "68656c6c6f207477696e706174680a";

    private static final String UDP_IPV4 =
            ETHERNET + "0800" + "4500001f83a24000401193170a0908010a090802" + "bb8b1388000b394b" + "6f6464";

    private static final String TCP_ODD_IPV6 = ETHERNET + "86dd"
            + "60073d05002f0640fd000009000000000000000000000001fd000009000000000000000000000002"
            + "c6801388e67a0aaddc3b1d68801800400e7900000101080ad5ec224b22de7d4a"
            + "68656c6c6f207477696e706174680a";

    private static final String UDP_IPV6 = ETHERNET + "86dd"
            + "6000acbd000b1140fd000009000000000000000000000001fd000009000000000000000000000002"
            + "dfda1388000b3efa" + "6f6464";

    private static final String UDP_BEHIND_DESTINATION_OPTIONS = ETHERNET + "86dd"
            + "6000acbd00173c40fd000009000000000000000000000001fd000009000000000000000000000002"
            + "1100010400000000" + "dfda1388000f55ff" + "6473746f707473";

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;

    @ParameterizedTest
    @ValueSource(
            strings = {TCP_SYN_IPV4, TCP_ODD_IPV4, UDP_IPV4, TCP_ODD_IPV6, UDP_IPV6, UDP_BEHIND_DESTINATION_OPTIONS})
    void framesOfAKernelGetTheChecksumItGaveThem(String hex) {
        byte[] right = octets(hex);
        int field = fieldOfRealFrame(hex);
        for (int before : new int[] {0, 0xFFFF, 0x1234}) {
            byte[] open = right.clone();
            put16(open, field, before);
            assertThat(complete(open)).as("field was %x", before).isTrue();
            assertThat(open).as("field was %x", before).isEqualTo(right);
        }
    }

    private static int fieldOfRealFrame(String hex) {
        int transport = hex.startsWith("0800", 24) ? 34 : hex.equals(UDP_BEHIND_DESTINATION_OPTIONS) ? 62 : 54;
        return transport + (hex.equals(TCP_SYN_IPV4) || hex.equals(TCP_ODD_IPV4) || hex.equals(TCP_ODD_IPV6) ? 16 : 6);
    }

    /** As a packet socket got them with offload on, CSUMNOTREADY set: the field holds the pseudo-header's sum. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "080045000043" + "81d54000400694cb0a0908010a090802"
                        + "e1d61388386a0233522146c88018003f244a00000101080aef64655cffcfb96e"
                        + "68656c6c6f207477696e706174680a",
                "08004500001f" + "82a74000401194120a0908010a090802" + "b10e1388000b2431" + "6f6464",
                "86dd60006b4c000b1140fd000009000000000000000000000001fd000009000000000000000000000002"
                        + "9fcc1388000bfa32" + "6f6464"
            })
    void framesTheKernelLeftOpenAreRightAfterwards(String hex) {
        byte[] octets = octets(ETHERNET + hex);
        int header = hex.startsWith("0800") ? 34 : 54;
        int protocol = octets[hex.startsWith("0800") ? 23 : 20];
        int addresses = hex.startsWith("0800") ? 26 : 22;
        assertThat(naiveTotal(octets, addresses, header, protocol)).isNotEqualTo(0xFFFF);
        assertThat(complete(octets)).isTrue();
        assertThat(naiveTotal(octets, addresses, header, protocol)).isEqualTo(0xFFFF);
    }

    /** Sum over pseudo-header and transport, the checksum with it: 0xFFFF when right (RFC 1071). */
    private static int naiveTotal(byte[] octets, int addresses, int header, int protocol) {
        return naiveSum(concat(
                Arrays.copyOfRange(octets, addresses, header),
                new byte[] {0, 0, 0, (byte) (octets.length - header), 0, 0, 0, (byte) protocol},
                Arrays.copyOfRange(octets, header, octets.length)));
    }

    @Test
    void paddingBehindTheEndOfThePacketIsLeftOut() {
        byte[] right = concat(octets(UDP_IPV4), octets("a5".repeat(60 - 45)));
        byte[] open = right.clone();
        put16(open, 40, 0);
        assertThat(complete(open)).isTrue();
        assertThat(open).isEqualTo(right);
    }

    @Test
    void computedZeroIsWrittenAsOnesInUdpOnly() {
        byte[] udp = concat(octets(UDP_IPV4), new byte[0]);
        put16(udp, 42, 0);
        complete(udp);
        put16(udp, 42, get16(udp, 40)); // a payload that is the complement of all the rest
        assertThat(complete(udp)).isTrue();
        assertThat(get16(udp, 40)).isEqualTo(0xFFFF);

        byte[] tcp = octets(TCP_ODD_IPV4);
        put16(tcp, 66, 0);
        complete(tcp);
        put16(tcp, 66, get16(tcp, 50));
        assertThat(complete(tcp)).isTrue();
        assertThat(get16(tcp, 50)).isZero();
    }

    /** 32 octets of zeros, of which RFC 3720 B.4 gives the CRC: aa 36 91 8a in the order of the wire. */
    private static final String SCTP_IPV4 =
            ETHERNET + "0800" + "4500003400004000408400000102030405060708" + "00".repeat(32);

    @Test
    void sctpCrcIsTheOneOfTheStandard() {
        byte[] octets = octets(SCTP_IPV4);
        assertThat(complete(octets)).isTrue();
        assertThat(HexFormat.of().formatHex(octets, 42, 46)).isEqualTo("aa36918a");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x2000, 0x0001, 0x1FFF, 0x3FFF, 0x6000})
    void fragmentsOfIpv4StayAsTheyAre(int flagsAndOffset) {
        byte[] octets = octets(UDP_IPV4);
        put16(octets, 20, flagsAndOffset);
        expectUntouched(octets);
    }

    @Test
    void fragmentsOfIpv6StayAsTheyAre() {
        byte[] octets = octets(UDP_BEHIND_DESTINATION_OPTIONS);
        octets[20] = 44;
        expectUntouched(octets);
    }

    @Test
    void otherProtocolsStayAsTheyAre() {
        for (int protocol = 0; protocol < 256; protocol++) {
            byte[] octets = octets(UDP_IPV4);
            octets[23] = (byte) protocol;
            if (protocol != UDP) { // too short for TCP and SCTP
                expectUntouched(octets);
            }
        }
        for (int type : new int[] {0x0806, 0x88FB, 0xF1C1, 0x05DC, 0x9100}) {
            byte[] octets = octets(UDP_IPV4);
            put16(octets, 12, type);
            expectUntouched(octets);
        }
    }

    @Test
    void thirdTagIsTooMany() {
        String packet = UDP_IPV4.substring(ETHERNET.length());
        byte[] two = octets(ETHERNET + "88a80001" + "81000002" + packet);
        put16(two, 48, 0);
        assertThat(complete(two)).isTrue();
        assertThat(two).isEqualTo(octets(ETHERNET + "88a80001" + "81000002" + packet));
        expectUntouched(octets(ETHERNET + "88a80001" + "81000002" + "81000003" + packet));
    }

    @Test
    void headersThatContradictEachOtherStayAsTheyAre() {
        expectUntouched(with(SCTP_IPV4, 14, 0x44)); // IPv4 header of 16 octets
        expectUntouched(with(UDP_IPV4, 14, 0x4F)); // of 60, longer than the packet
        expectUntouched(with(UDP_IPV4, 14, 0x65)); // version 6 behind IPv4's EtherType
        expectUntouched(with(UDP_IPV4, 17, 19)); // total length shorter than the header
        expectUntouched(with(UDP_IPV4, 17, 27)); // with 7 octets of UDP
        expectUntouched(with(UDP_IPV4, 17, 32)); // behind the frame's end
        expectUntouched(with(UDP_IPV4, 39, 7)); // UDP length shorter than its header
        expectUntouched(with(UDP_IPV4, 39, 12)); // longer than the packet
        expectUntouched(with(TCP_SYN_IPV4, 46, 0x40)); // TCP header of 16 octets
        expectUntouched(with(TCP_SYN_IPV4, 46, 0xB0)); // of 44, longer than the packet
        expectUntouched(with(UDP_IPV6, 14, 0x40)); // version 4 behind IPv6's EtherType
        expectUntouched(with(UDP_IPV6, 19, 12)); // payload behind the frame's end
        expectUntouched(with(UDP_IPV6, 19, 0)); // a jumbogram's payload length
        expectUntouched(with(UDP_BEHIND_DESTINATION_OPTIONS, 55, 2)); // options longer than the packet
        expectUntouched(with(UDP_BEHIND_DESTINATION_OPTIONS, 54, 59)); // no next header
    }

    @Test
    void routingHeaderStillToBeFollowedTellsTheDestinationOfTheSum() {
        for (int type : new int[] {2, 4}) {
            byte[] right = routed(type);
            byte[] octets = right.clone();
            put16(octets, 84, 0);
            assertThat(complete(octets)).isTrue();
            assertThat(octets).as("type %d", type).isEqualTo(right);
        }
        expectUntouched(routed(3)); // does not tell
        byte[] noAddress = routed(2);
        noAddress[55] = 0;
        put16(noAddress, 66, 16); // what should be the address is a UDP header then, its length right
        expectUntouched(noAddress);
    }

    private static byte[] routed(int type) {
        String to = "fd000009000000000000000000000002";
        String via = "fd00000900000000000000000000ffff";
        byte[] octets = octets(UDP_IPV6.replace(to, via + "1102%02x0100000000".formatted(type) + to));
        octets[19] = (byte) (octets[19] + 24);
        octets[20] = 43;
        return octets;
    }

    @Test
    void packetsThatEndWithinTheirHeadersStayAsTheyAre() {
        byte[] options = octets(UDP_BEHIND_DESTINATION_OPTIONS);
        byte[] routed = routed(4);
        for (byte[] whole : new byte[][] {options, routed}) {
            for (int payload = 0; payload < whole.length - 54; payload++) {
                byte[] octets = Arrays.copyOf(whole, 54 + payload);
                put16(octets, 18, payload);
                expectUntouched(octets);
            }
        }
        for (String hex : new String[] {TCP_SYN_IPV4, SCTP_IPV4}) {
            byte[] whole = octets(hex);
            int transport = hex.equals(SCTP_IPV4) ? 12 : 40;
            for (int length = 4; length < 20 + transport; length++) {
                byte[] octets = Arrays.copyOf(whole, 14 + length);
                put16(octets, 16, length);
                expectUntouched(octets);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {TCP_SYN_IPV4, TCP_ODD_IPV4, UDP_IPV4, TCP_ODD_IPV6, UDP_IPV6, UDP_BEHIND_DESTINATION_OPTIONS})
    void framesCutShortAnywhereStayAsTheyAre(String hex) {
        byte[] whole = octets(hex);
        for (int length = 0; length < whole.length; length++) {
            expectUntouched(Arrays.copyOf(whole, length));
        }
    }

    /** Two hundred thousand random frames whose parts the test knows because it put them together. */
    @ParameterizedTest
    @ValueSource(longs = {0x5E55101DL, 0xC0FFEEL})
    void agreesWithTheNaiveSum(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            int protocol = new int[] {TCP, UDP, SCTP}[random.nextInt(3)];
            boolean large = random.nextInt(20) == 0;
            byte[] transport = transport(random, protocol, random.nextInt(large ? 9_000 : 200));
            byte[] network =
                    random.nextBoolean() ? ipv4(random, protocol, transport) : ipv6(random, protocol, transport);
            byte[] padding = random(random, random.nextInt(20));
            byte[] front = concat(random(random, 12), tags(random), type(network), network);
            byte[] octets = concat(front, transport, padding);
            byte[] expected = concat(front, naiveComplete(protocol, network, transport), padding);
            boolean done = complete(octets);
            if (!done || !Arrays.equals(octets, expected)) {
                assertThat(HexFormat.of().formatHex(octets))
                        .as("seed %x, frame %d, completed %s", seed, i, done)
                        .isEqualTo(HexFormat.of().formatHex(expected));
            }
        }
    }

    private static byte[] transport(SplittableRandom random, int protocol, int payload) {
        int headerLength = protocol == UDP ? 8 : protocol == SCTP ? 12 : 20 + 4 * random.nextInt(11);
        byte[] octets = random(random, headerLength + payload);
        if (random.nextInt(8) == 0) {
            Arrays.fill(octets, (byte) 0xFF); // as many carries as there can be
        }
        if (protocol == TCP) {
            octets[12] = (byte) ((headerLength / 4) << 4);
        } else if (protocol == UDP) {
            put16(octets, 4, octets.length);
        }
        return octets;
    }

    private static byte[] ipv4(SplittableRandom random, int protocol, byte[] transport) {
        byte[] header = random(random, 20 + 4 * random.nextInt(11));
        header[0] = (byte) (0x40 | header.length / 4);
        put16(header, 2, header.length + transport.length);
        put16(header, 6, random.nextInt(2) << 14);
        header[9] = (byte) protocol;
        return header;
    }

    private static byte[] ipv6(SplittableRandom random, int protocol, byte[] transport) {
        byte[] extensions = new byte[0];
        int next = protocol;
        for (int left = random.nextInt(4); left > 0; left--) {
            int type = new int[] {0, 43, 51, 60}[random.nextInt(4)];
            int units = random.nextInt(4);
            byte[] extension = random(random, type == 51 ? (2 * units + 3) * 4 : (units + 1) * 8);
            extension[0] = (byte) next;
            extension[1] = (byte) (type == 51 ? 2 * units + 1 : units);
            if (type == 43) {
                extension[3] = 0; // all segments were visited
            }
            extensions = concat(extension, extensions);
            next = type;
        }
        byte[] header = random(random, 40);
        header[0] = (byte) (0x60 | (header[0] & 0xF));
        put16(header, 4, extensions.length + transport.length);
        header[6] = (byte) next;
        return concat(header, extensions);
    }

    private static byte[] tags(SplittableRandom random) {
        byte[] tags = random(random, 4 * random.nextInt(3));
        for (int tag = 0; tag < tags.length; tag += 4) {
            put16(tags, tag, random.nextBoolean() ? 0x8100 : 0x88A8);
        }
        return tags;
    }

    private static byte[] type(byte[] network) {
        return octets(network[0] >>> 4 == 4 ? "0800" : "86dd");
    }

    private static byte[] naiveComplete(int protocol, byte[] network, byte[] transport) {
        byte[] completed = transport.clone();
        if (protocol == SCTP) {
            Arrays.fill(completed, 8, 12, (byte) 0);
            CRC32C crc = new CRC32C();
            crc.update(completed);
            for (int octet = 0; octet < 4; octet++) {
                completed[8 + octet] = (byte) (crc.getValue() >>> (8 * octet));
            }
            return completed;
        }
        int field = protocol == TCP ? 16 : 6;
        put16(completed, field, 0);
        boolean ipv4 = network[0] >>> 4 == 4;
        byte[] pseudoHeader = concat(
                Arrays.copyOfRange(network, ipv4 ? 12 : 8, ipv4 ? 20 : 40),
                new byte[] {0, 0, (byte) (transport.length >> 8), (byte) transport.length, 0, 0, 0, (byte) protocol});
        int checksum = ~naiveSum(concat(pseudoHeader, completed)) & 0xFFFF;
        put16(completed, field, protocol == UDP && checksum == 0 ? 0xFFFF : checksum);
        return completed;
    }

    /** Six hundred thousand frames with headers changed at random: nothing but a field of a checksum's size changes. */
    @ParameterizedTest
    @ValueSource(longs = {0xBADF00DL, 0xDEFACEDL})
    void damagedHeadersDoNoHarm(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] frames = {TCP_SYN_IPV4, TCP_ODD_IPV4, UDP_IPV4, TCP_ODD_IPV6, UDP_BEHIND_DESTINATION_OPTIONS};
        int completed = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] before = octets(frames[random.nextInt(frames.length)]);
            for (int change = random.nextInt(4); change >= 0; change--) {
                before[12 + random.nextInt(before.length - 12)] = (byte) random.nextInt(256);
            }
            byte[] cut =
                    Arrays.copyOf(before, before.length - (random.nextInt(4) == 0 ? random.nextInt(before.length) : 0));
            byte[] after = cut.clone();
            boolean done = complete(after);
            completed += done ? 1 : 0;
            int first = Arrays.mismatch(cut, after);
            if (first >= 0 && (!done || !Arrays.equals(cut, first + 4, cut.length, after, first + 4, cut.length))) {
                assertThat(HexFormat.of().formatHex(after))
                        .as("seed %x, frame %d", seed, i)
                        .isEqualTo(HexFormat.of().formatHex(cut));
            }
        }
        assertThat(completed).isBetween(30_000, 270_000);
    }

    private static void expectUntouched(byte[] octets) {
        byte[] after = octets.clone();
        assertThat(complete(after)).as(HexFormat.of().formatHex(octets)).isFalse();
        assertThat(after).isEqualTo(octets);
    }

    /** The frame fills its memory, so that a step over either end is an IndexOutOfBoundsException. */
    private static boolean complete(byte[] octets) {
        UnsafeBuffer memory = new UnsafeBuffer(octets);
        return new TransportChecksum().complete(new Frame().wrap(memory, 0, octets.length, octets.length));
    }

    private static byte[] with(String hex, int offset, int octet) {
        byte[] octets = octets(hex);
        octets[offset] = (byte) octet;
        return octets;
    }
}
