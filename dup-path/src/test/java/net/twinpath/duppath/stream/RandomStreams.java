package net.twinpath.duppath.stream;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Lists of matches over a few values, so that they overlap, repeat each other, and meet the frames of {@link RandomFrames}. */
final class RandomStreams {
    static final long[] MACS = {0x020000000001L, 0x020000000002L, 0x0A1B2C3D4E5FL, 0xFFFFFFFFFFFFL, 0};
    static final int[] VLAN_IDS = {1, 66, 67, 4094};
    static final String[] IPV4 = {"10.0.0.1", "10.0.0.2", "10.0.128.1", "192.0.2.77", "0.0.0.0"};
    static final String[] IPV6 = {"2001:db8:1::5", "2001:db8:1::4", "2001:db8:1:0:8000::5", "fd77::1", "a00:1::"};
    static final int[] DSCPS = {0, 46, 63};
    static final int[] PROTOCOLS = {1, 6, 17, 132, 50, 51, 59, 47};
    static final int[] PORTS = {0, 5004, 5006, 65_535};

    private RandomStreams() {}

    static List<StreamMatch> matches(SplittableRandom random, int count) {
        // Some lists ask for few things often, others for everything.
        int density = random.nextInt(1, 7);
        List<StreamMatch> matches = new ArrayList<>();
        if (random.nextBoolean()) {
            // Nothing in front of it that a fragment could match without its ports.
            int port = pick(random, PORTS);
            matches.add(StreamMatch.builder().protocol(17).destinationPort(port).build());
        }
        while (matches.size() < count) {
            boolean repeat = !matches.isEmpty() && random.nextInt(20) == 0;
            matches.add(repeat ? matches.get(random.nextInt(matches.size())) : match(random, density));
        }
        return matches;
    }

    private static StreamMatch match(SplittableRandom random, int density) {
        StreamMatch.Builder match = StreamMatch.builder();
        if (random.nextInt(8) < density) {
            match.destinationMac(pick(random, MACS));
        }
        if (random.nextInt(8) < density) {
            match.sourceMac(pick(random, MACS));
        }
        addTag(random, density, match);
        addAddresses(random, density, match);
        if (random.nextInt(8) < density) {
            match.dscp(pick(random, DSCPS));
        }
        addTransport(random, density, match);
        return match.build();
    }

    private static void addTag(SplittableRandom random, int density, StreamMatch.Builder match) {
        if (random.nextInt(8) < density) {
            match.vlanId(pick(random, VLAN_IDS));
            match.tagged(random.nextBoolean() ? Tagged.ALL : Tagged.TAGGED);
        } else if (random.nextInt(8) < density) {
            match.tagged(random.nextBoolean() ? Tagged.PRIORITY : Tagged.TAGGED);
        }
    }

    private static void addAddresses(SplittableRandom random, int density, StreamMatch.Builder match) {
        String[] addresses = random.nextBoolean() ? IPV4 : IPV6;
        if (random.nextInt(8) < density) {
            match.sourcePrefix(prefix(random, addresses));
        }
        if (random.nextInt(8) < density) {
            match.destinationPrefix(prefix(random, addresses));
        }
    }

    private static void addTransport(SplittableRandom random, int density, StreamMatch.Builder match) {
        if (random.nextInt(8) >= density) {
            return;
        }
        int protocol = pick(random, PROTOCOLS);
        match.protocol(protocol);
        if (StreamMatch.hasPorts(protocol)) {
            if (random.nextInt(8) < density) {
                match.sourcePort(pick(random, PORTS));
            }
            if (random.nextInt(8) < density) {
                match.destinationPort(pick(random, PORTS));
            }
        }
    }

    /** Of any length; the shorter ones overlap the longer ones. */
    private static IpPrefix prefix(SplittableRandom random, String[] addresses) {
        byte[] octets =
                Packets.address(addresses[random.nextInt(addresses.length)]).getAddress();
        int bits = octets.length * 8;
        int length = random.nextInt(3) == 0 ? bits : random.nextInt(bits + 1);
        BigInteger kept = new BigInteger(1, octets).shiftRight(bits - length).shiftLeft(bits - length);
        byte[] wide = kept.add(BigInteger.ONE.shiftLeft(bits)).toByteArray();
        try {
            return new IpPrefix(
                    InetAddress.getByAddress(Arrays.copyOfRange(wide, wide.length - octets.length, wide.length)),
                    length);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    static long pick(SplittableRandom random, long[] values) {
        return values[random.nextInt(values.length)];
    }

    static int pick(SplittableRandom random, int[] values) {
        return values[random.nextInt(values.length)];
    }
}
