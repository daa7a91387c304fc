package net.twinpath.duppath.frame;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Octets put together for a test, numbers in network order. */
final class Octets {
    private Octets() {}

    static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    static byte[] random(SplittableRandom random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            octets.writeBytes(part);
        }
        return octets.toByteArray();
    }

    static void put16(byte[] octets, int offset, int value) {
        octets[offset] = (byte) (value >> 8);
        octets[offset + 1] = (byte) value;
    }

    static int get16(byte[] octets, int offset) {
        return ((octets[offset] & 0xFF) << 8) | (octets[offset + 1] & 0xFF);
    }

    static void put32(byte[] octets, int offset, int value) {
        put16(octets, offset, value >> 16);
        put16(octets, offset + 2, value);
    }

    static int get32(byte[] octets, int offset) {
        return (get16(octets, offset) << 16) | get16(octets, offset + 2);
    }

    /** Ones' complement sum of pairs of octets, one by one, each carry at once. */
    static int naiveSum(byte[] octets) {
        int sum = 0;
        for (int i = 0; i < octets.length; i += 2) {
            sum += ((octets[i] & 0xFF) << 8) | (i + 1 < octets.length ? octets[i + 1] & 0xFF : 0);
            sum = sum > 0xFFFF ? sum - 0xFFFF : sum;
        }
        return sum;
    }
}
