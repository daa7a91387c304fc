package net.twinpath.linux;

import java.nio.charset.StandardCharsets;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Off-heap memory the kernel reads and writes: zeroed, aligned to a cache line, at a fixed address. */
public final class NativeBuffers {
    private static final int CACHE_LINE_BYTES = 64;

    private NativeBuffers() {}

    /** Zeroed memory of {@code length} octets; its native address is {@link UnsafeBuffer#addressOffset()}. */
    public static UnsafeBuffer allocate(int length) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, CACHE_LINE_BYTES));
    }

    static UnsafeBuffer ofInt(int value) {
        UnsafeBuffer buffer = allocate(Integer.BYTES);
        buffer.putInt(0, value);
        return buffer;
    }

    /** The octets of {@code text}, with no closing zero. */
    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
