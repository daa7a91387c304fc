package net.twinpath.duppath.frame;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** The checksum of IPv4, TCP and UDP: the complement of the ones' complement sum of 16-bit words (RFC 1071). */
final class InternetChecksum {
    private static final long WORD = 0xFFFF_FFFFL;
    private static final int STRIDE = 4 * Long.BYTES;

    private InternetChecksum() {}

    /**
     * Sum of the 16-bit words, of which the carries may not all be brought round; an odd last octet is a word's first.
     *
     * <p>Summed in this machine's byte order, and swapped at the end: carries go round, so that the order does not matter
     * (RFC 1071 2 B). Four sums, so that none has to wait for another.
     */
    static long sum(DirectBuffer buffer, int offset, int length) {
        int stridesEnd = offset + length / STRIDE * STRIDE;
        int end = offset + length;
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        int at = offset;
        for (; at < stridesEnd; at += STRIDE) {
            long first = buffer.getLong(at);
            long second = buffer.getLong(at + Long.BYTES);
            long third = buffer.getLong(at + 2 * Long.BYTES);
            long fourth = buffer.getLong(at + 3 * Long.BYTES);
            a += (first & WORD) + (first >>> Integer.SIZE);
            b += (second & WORD) + (second >>> Integer.SIZE);
            c += (third & WORD) + (third >>> Integer.SIZE);
            d += (fourth & WORD) + (fourth >>> Integer.SIZE);
        }
        long sum = a + b + c + d;
        for (; at + Integer.BYTES <= end; at += Integer.BYTES) {
            sum += buffer.getInt(at) & WORD;
        }
        return bigEndian(sum) + rest(buffer, at, end);
    }

    private static long bigEndian(long sum) {
        int folded = fold(sum);
        return ByteOrder.nativeOrder() == LITTLE_ENDIAN ? Short.reverseBytes((short) folded) & 0xFFFF : folded;
    }

    /** Of less than four octets. */
    private static long rest(DirectBuffer buffer, int at, int end) {
        long sum = at + Short.BYTES <= end ? buffer.getShort(at, BIG_ENDIAN) & 0xFFFF : 0;
        return ((end - at) & 1) == 0 ? sum : sum + ((buffer.getByte(end - 1) & 0xFF) << Byte.SIZE);
    }

    /** Brings the carries round and takes the complement. */
    static int of(long sum) {
        return ~fold(sum) & 0xFFFF;
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded >>> Short.SIZE != 0) {
            folded = (folded & 0xFFFF) + (folded >>> Short.SIZE);
        }
        return (int) folded;
    }
}
