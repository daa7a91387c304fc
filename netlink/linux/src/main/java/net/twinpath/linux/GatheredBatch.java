package net.twinpath.linux;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages sent with one call (sendmmsg(2)), each gathered from several places in memory and standing for one frame or
 * more; filling and sending allocate nothing.
 *
 * <pre>
 *  mmsghdr (64 octets)                      iovec (16 octets)
 *  +0   msg_name        8                   +0  iov_base  8
 *  +16  msg_iov         8  ---------------> +8  iov_len   8
 *  +24  msg_iovlen      8                   next part ...
 *  +56  msg_len         4  (written by the kernel)
 * </pre>
 */
public final class GatheredBatch {
    private static final int MMSGHDR_LENGTH = 64;
    private static final int MSG_IOV_OFFSET = 16;
    private static final int MSG_IOVLEN_OFFSET = 24;
    private static final int IOVEC_LENGTH = 16;
    private static final int IOV_LEN_OFFSET = 8;

    private static final LibC LIBC = LibC.INSTANCE;

    private final UnsafeBuffer headers;
    private final UnsafeBuffer vectors;
    private final int[] frames;
    private int size;
    private int parts;

    /**
     * Makes an empty batch.
     *
     * @param messages at most in one batch
     * @param parts    of all messages together, at most
     */
    public GatheredBatch(int messages, int parts) {
        headers = NativeBuffers.allocate(messages * MMSGHDR_LENGTH);
        vectors = NativeBuffers.allocate(parts * IOVEC_LENGTH);
        frames = new int[messages];
    }

    /** Messages. */
    public int size() {
        return size;
    }

    /**
     * Begins another message, which has no part yet.
     *
     * @param standsFor frames
     */
    public void begin(int standsFor) {
        int header = size * MMSGHDR_LENGTH;
        headers.putLong(header + MSG_IOV_OFFSET, vectors.addressOffset() + (long) parts * IOVEC_LENGTH);
        headers.putLong(header + MSG_IOVLEN_OFFSET, 0);
        frames[size] = standsFor;
        size++;
    }

    /**
     * Adds a part to the message begun last.
     *
     * @param address native address of its first octet; the memory stays as it is until the batch has been sent
     * @param length  octets
     */
    public void add(long address, int length) {
        int vector = parts * IOVEC_LENGTH;
        vectors.putLong(vector, address);
        vectors.putLong(vector + IOV_LEN_OFFSET, length);
        parts++;
        int count = (size - 1) * MMSGHDR_LENGTH + MSG_IOVLEN_OFFSET;
        headers.putLong(count, headers.getLong(count) + 1);
    }

    /** Frames that {@code count} messages from place {@code from} on stand for. */
    public int frames(int from, int count) {
        int sum = 0;
        for (int place = from; place < from + count; place++) {
            sum += frames[place];
        }
        return sum;
    }

    /**
     * Sends the messages from place {@code from} on, without waiting.
     *
     * @return how many were taken, at least 1; or the negative errno of the message at {@code from}
     */
    public int send(LinuxSocket socket, int from) {
        int sent = LIBC.sendmmsg(
                socket.fd(),
                headers.addressOffset() + (long) from * MMSGHDR_LENGTH,
                size - from,
                Socket.MSG_DONTWAIT | Socket.MSG_NOSIGNAL);
        return sent < 0 ? -LibC.lastErrno() : sent;
    }

    /** Forgets all messages. */
    public void clear() {
        size = 0;
        parts = 0;
    }
}
