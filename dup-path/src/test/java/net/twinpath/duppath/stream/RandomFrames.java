package net.twinpath.duppath.stream;

import static net.twinpath.duppath.stream.Packets.extension;
import static net.twinpath.duppath.stream.Packets.fragmentHeader;
import static net.twinpath.duppath.stream.Packets.ipv4Fragment;
import static net.twinpath.duppath.stream.Packets.ipv6;
import static net.twinpath.duppath.stream.Packets.join;
import static net.twinpath.duppath.stream.Packets.mac;
import static net.twinpath.duppath.stream.Packets.ports;
import static net.twinpath.duppath.stream.Packets.shorts;
import static net.twinpath.duppath.stream.Packets.tag;
import static net.twinpath.duppath.stream.RandomStreams.pick;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Frames of the values {@link RandomStreams} asks for: whole ones, fragments, cut off ones, damaged ones and noise. */
final class RandomFrames {
    private static final int[] TPIDS = {0x8100, 0x88A8};
    private static final int[] EXTENSIONS = {0, 43, 60, 44};

    private RandomFrames() {}

    static byte[] frame(SplittableRandom random) {
        int kind = random.nextInt(100);
        if (kind < 2) {
            return noise(random, random.nextInt(80));
        }
        byte[] octets = join(
                mac(pick(random, RandomStreams.MACS)),
                mac(pick(random, RandomStreams.MACS)),
                tags(random),
                network(random),
                new byte[random.nextInt(20)]);
        if (kind < 12) {
            return Arrays.copyOf(octets, random.nextInt(octets.length + 1));
        }
        if (kind < 25) {
            damage(random, octets);
        }
        return octets;
    }

    private static byte[] noise(SplittableRandom random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    private static void damage(SplittableRandom random, byte[] octets) {
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(octets.length);
            octets[at] = (byte) (random.nextBoolean() ? octets[at] ^ 1 << random.nextInt(8) : random.nextInt(256));
        }
    }

    private static byte[] tags(SplittableRandom random) {
        byte[] tags = new byte[0];
        int count = Math.max(0, random.nextInt(8) - 4);
        for (int i = 0; i < count; i++) {
            int vlanId = random.nextInt(4) == 0 ? 0 : pick(random, RandomStreams.VLAN_IDS);
            tags = join(tags, tag(pick(random, TPIDS), random.nextInt(8), vlanId));
        }
        return tags;
    }

    private static byte[] network(SplittableRandom random) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return join(shorts(random.nextInt(0x1_0000)), noise(random, 30));
        }
        if (kind < 3) {
            return fragmentOfFewPackets(random);
        }
        return kind < 7 ? ipv4(random) : ipv6Packet(random);
    }

    private static byte[] fragmentOfFewPackets(SplittableRandom random) {
        int id = random.nextInt(8);
        int offset = random.nextInt(3) == 0 ? 0 : random.nextInt(1, 0x2000);
        byte[] ports = transport(random);
        return random.nextBoolean()
                ? ipv4Fragment(RandomStreams.IPV4[0], RandomStreams.IPV4[1], 46, 17, id, 0x2000 | offset, ports)
                : ipv6(
                        RandomStreams.IPV6[0],
                        RandomStreams.IPV6[1],
                        46,
                        44,
                        join(Packets.fragmentHeader(17, offset << 3, true, id), ports));
    }

    private static byte[] ipv4(SplittableRandom random) {
        int options = random.nextInt(8) == 0 ? random.nextInt(11) : 0;
        byte[] payload = join(noise(random, options * 4), transport(random));
        byte[] octets = ipv4Fragment(
                pickText(random, RandomStreams.IPV4),
                pickText(random, RandomStreams.IPV4),
                pick(random, RandomStreams.DSCPS),
                pick(random, RandomStreams.PROTOCOLS),
                random.nextInt(4),
                fragment(random),
                payload);
        octets[2] += (byte) options;
        return octets;
    }

    private static int fragment(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> 0x2000;
            case 1 -> random.nextInt(1, 0x2000) | (random.nextBoolean() ? 0x2000 : 0);
            default -> random.nextBoolean() ? 0x4000 : 0;
        };
    }

    private static byte[] ipv6Packet(SplittableRandom random) {
        int protocol = pick(random, RandomStreams.PROTOCOLS);
        byte[] payload = transport(random);
        for (int count = Math.max(0, random.nextInt(16) - 6); count > 0; count--) {
            int type = pick(random, EXTENSIONS);
            byte[] header =
                    type == 44 ? fragmentHeader(random, protocol) : extension(protocol, random.nextInt(1, 4) * 8);
            payload = join(header, payload);
            protocol = type;
        }
        return ipv6(
                pickText(random, RandomStreams.IPV6),
                pickText(random, RandomStreams.IPV6),
                pick(random, RandomStreams.DSCPS),
                protocol,
                payload);
    }

    private static byte[] fragmentHeader(SplittableRandom random, int nextHeader) {
        int offset = random.nextInt(3) == 0 ? random.nextInt(1, 0x2000) << 3 : 0;
        return Packets.fragmentHeader(
                nextHeader, offset | random.nextInt(4) << 1, random.nextBoolean(), random.nextInt(2));
    }

    private static byte[] transport(SplittableRandom random) {
        byte[] ports = ports(pick(random, RandomStreams.PORTS), pick(random, RandomStreams.PORTS));
        return Arrays.copyOf(ports, random.nextInt(10) == 0 ? random.nextInt(8) : 8);
    }

    private static String pickText(SplittableRandom random, String[] values) {
        return values[random.nextInt(values.length)];
    }
}
