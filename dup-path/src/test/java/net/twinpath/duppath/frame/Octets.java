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
}
