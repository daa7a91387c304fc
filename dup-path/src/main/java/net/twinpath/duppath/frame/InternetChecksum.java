package net.twinpath.duppath.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/** The checksum of IPv4, TCP and UDP: the complement of the ones' complement sum of 16-bit words (RFC 1071). */
final class InternetChecksum {
    private static final long WORD = 0xFFFF_FFFFL;

    private InternetChecksum() {}

    /** Sum of the 16-bit words, with carries not yet brought round; an odd last octet is a word's first. */
    static long sum(DirectBuffer buffer, int offset, int length) {
        int wordsEnd = offset + (length & -Long.BYTES);
        int end = offset + length;
        long sum = 0;
        int at = offset;
        for (; at < wordsEnd; at += Long.BYTES) {
            long word = buffer.getLong(at, BIG_ENDIAN);
            sum += (word & WORD) + (word >>> Integer.SIZE);
        }
        for (; at + Short.BYTES <= end; at += Short.BYTES) {
            sum += buffer.getShort(at, BIG_ENDIAN) & 0xFFFF;
        }
        return at < end ? sum + ((buffer.getByte(at) & 0xFF) << Byte.SIZE) : sum;
    }

    /** Brings the carries round and takes the complement. */
    static int of(long sum) {
        long folded = sum;
        while (folded >>> Short.SIZE != 0) {
            folded = (folded & 0xFFFF) + (folded >>> Short.SIZE);
        }
        return (int) ~folded & 0xFFFF;
    }
}
