package net.twinpath.duppath.stream;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The oracle: reads a frame into plain values, then tries one match after the other, field by field. */
final class NaiveIdentification {
    /** What a frame is; -1 or "" is a value it does not have. Addresses are strings of bits. */
    private static final class Parsed {
        long destinationMac = -1;
        long sourceMac = -1;
        boolean hasType;
        int vlanId = -1;
        String source = "";
        String destination = "";
        int dscp = -1;
        int protocol = -1;
        int sourcePort = -1;
        int destinationPort = -1;
        boolean first;
        boolean later;
        long identification;

        String packet() {
            String ipv4Protocol = source.length() == 32 ? "/" + protocol : "";
            // A host may put a priority tag on one fragment and none on another.
            return source + "/" + destination + "/" + identification + "/" + Math.max(0, vlanId) + ipv4Protocol;
        }
    }

    private record Rule(StreamMatch match, String source, String destination) {}

    private record Transport(long frameNumber, int protocol, int sourcePort, int destinationPort) {}

    private final List<Rule> rules;
    private final Map<String, Transport> firsts = new HashMap<>();
    private long frameNumber;

    NaiveIdentification(List<StreamMatch> matches) {
        rules = matches.stream()
                .map(match -> new Rule(match, prefixBits(match.sourcePrefix()), prefixBits(match.destinationPrefix())))
                .toList();
    }

    private static String prefixBits(@Nullable IpPrefix prefix) {
        return prefix == null ? "" : bits(prefix.address().getAddress()).substring(0, prefix.length());
    }

    private static String bits(byte[] octets) {
        String digits = new BigInteger(1, octets).toString(2);
        return "0".repeat(octets.length * 8 - digits.length()) + digits;
    }

    /** The answers that are right: by a first fragment that is remembered, and by what the frame itself says. */
    record Answers(int remembering, int forgetting) {}

    Answers identify(byte[] octets) {
        frameNumber++;
        Parsed frame = parse(octets);
        int forgetting = search(frame);
        if (frame.first) {
            firsts.put(
                    frame.packet(),
                    new Transport(frameNumber, frame.protocol, frame.sourcePort, frame.destinationPort));
        }
        Transport transport = frame.later ? firsts.get(frame.packet()) : null;
        if (transport == null || transport.protocol == -1 || frameNumber - transport.frameNumber > 65_536) {
            return new Answers(forgetting, forgetting);
        }
        frame.protocol = transport.protocol;
        frame.sourcePort = transport.sourcePort;
        frame.destinationPort = transport.destinationPort;
        return new Answers(search(frame), forgetting);
    }

    private int search(Parsed frame) {
        for (int i = 0; i < rules.size(); i++) {
            if (meets(rules.get(i), frame)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean meets(Rule rule, Parsed frame) {
        StreamMatch match = rule.match;
        if (match.destinationMac() != -1 && match.destinationMac() != frame.destinationMac) {
            return false;
        }
        if (match.sourceMac() != -1 && match.sourceMac() != frame.sourceMac) {
            return false;
        }
        if (match.vlanId() != 0 && match.vlanId() != frame.vlanId) {
            return false;
        }
        if (match.tagged() == Tagged.TAGGED && frame.vlanId == -1) {
            return false;
        }
        if (match.tagged() == Tagged.PRIORITY && (!frame.hasType || frame.vlanId > 0)) {
            return false;
        }
        if (match.dscp() != 64 && match.dscp() != frame.dscp) {
            return false;
        }
        if (match.protocol() != -1 && match.protocol() != frame.protocol) {
            return false;
        }
        if (match.sourcePort() != -1 && match.sourcePort() != frame.sourcePort) {
            return false;
        }
        if (match.destinationPort() != -1 && match.destinationPort() != frame.destinationPort) {
            return false;
        }
        return isIn(match.sourcePrefix(), rule.source, frame.source)
                && isIn(match.destinationPrefix(), rule.destination, frame.destination);
    }

    private static boolean isIn(@Nullable IpPrefix prefix, String prefixBits, String address) {
        if (prefix == null) {
            return true;
        }
        int bits = prefix.isIpv4() ? 32 : 128;
        return address.length() == bits && address.startsWith(prefixBits);
    }

    private static Parsed parse(byte[] octets) {
        Parsed frame = new Parsed();
        if (octets.length >= 6) {
            frame.destinationMac = number(octets, 0, 6);
        }
        if (octets.length >= 12) {
            frame.sourceMac = number(octets, 6, 6);
        }
        int at = 12;
        for (int tags = 0; tags < 2 && isTag(octets, at); tags++) {
            if (tags == 0 && octets.length < 16) {
                return frame;
            }
            if (tags == 0) {
                frame.vlanId = (int) number(octets, 14, 2) & 0xFFF;
            }
            at += 4;
        }
        frame.hasType = octets.length >= 14;
        if (octets.length >= at + 22 && number(octets, at, 2) == 0x0800) {
            parseIpv4(frame, octets, at + 2);
        } else if (octets.length >= at + 42 && number(octets, at, 2) == 0x86DD) {
            parseIpv6(frame, octets, at + 2);
        }
        return frame;
    }

    private static boolean isTag(byte[] octets, int at) {
        return octets.length >= at + 2 && (number(octets, at, 2) == 0x8100 || number(octets, at, 2) == 0x88A8);
    }

    private static void parseIpv4(Parsed frame, byte[] octets, int ip) {
        int words = octets[ip] & 0xF;
        if ((octets[ip] & 0xF0) != 0x40 || words < 5) {
            return;
        }
        frame.dscp = (int) number(octets, ip + 1, 1) / 4;
        frame.protocol = (int) number(octets, ip + 9, 1);
        frame.source = bits(Arrays.copyOfRange(octets, ip + 12, ip + 16));
        frame.destination = bits(Arrays.copyOfRange(octets, ip + 16, ip + 20));
        frame.identification = number(octets, ip + 4, 2);
        long fragment = number(octets, ip + 6, 2);
        frame.later = fragment % 0x2000 != 0;
        frame.first = !frame.later && (fragment & 0x2000) != 0;
        long end = Math.min(octets.length, ip + number(octets, ip + 2, 2));
        parsePorts(frame, octets, ip + 4 * words, end);
    }

    private static void parseIpv6(Parsed frame, byte[] octets, int ip) {
        if ((octets[ip] & 0xF0) != 0x60) {
            return;
        }
        frame.dscp = (int) (number(octets, ip, 2) & 0x0FC0) / 0x40;
        frame.source = bits(Arrays.copyOfRange(octets, ip + 8, ip + 24));
        frame.destination = bits(Arrays.copyOfRange(octets, ip + 24, ip + 40));
        long end = Math.min(octets.length, ip + 40 + number(octets, ip + 4, 2));
        int next = (int) number(octets, ip + 6, 1);
        int at = ip + 40;
        int headers = 0;
        while (List.of(0, 43, 44, 60).contains(next)) {
            if (headers == 8 || frame.later || at + 8 > end) {
                return;
            }
            headers++;
            long units = next == 44 ? 0 : number(octets, at + 1, 1);
            if (next == 44) {
                frame.identification = number(octets, at + 4, 4);
                frame.later = number(octets, at + 2, 2) >= 8;
                frame.first = !frame.later && (frame.first || number(octets, at + 3, 1) % 2 == 1);
            }
            next = (int) number(octets, at, 1);
            at += (int) (8 + 8 * units);
        }
        frame.protocol = next;
        parsePorts(frame, octets, at, end);
    }

    private static void parsePorts(Parsed frame, byte[] octets, int at, long end) {
        boolean hasPorts = frame.protocol == 6 || frame.protocol == 17 || frame.protocol == 132;
        if (hasPorts && !frame.later && at + 4 <= end) {
            frame.sourcePort = (int) number(octets, at, 2);
            frame.destinationPort = (int) number(octets, at + 2, 2);
        }
    }

    private static long number(byte[] octets, int at, int length) {
        return new BigInteger(1, octets, at, length).longValue();
    }
}
