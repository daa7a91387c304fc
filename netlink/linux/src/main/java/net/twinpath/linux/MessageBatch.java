package net.twinpath.linux;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames sent with one call (sendmmsg(2)), straight from where they lie in memory; filling and sending allocate nothing.
 *
 * <p>Each message is one {@code struct mmsghdr} that points to one {@code struct iovec}; the links are made once, so
 * adding a frame writes an address and a length. The same batch can be sent on several sockets in turn.
 *
 * <pre>
 *  mmsghdr (64 octets)                      iovec (16 octets)
 *  +0   msg_name        8                   +0  iov_base  8
 *  +16  msg_iov         8  ---------------> +8  iov_len   8
 *  +24  msg_iovlen      8  (always 1)
 *  +56  msg_len         4  (written by the kernel)
 * </pre>
 */
public final class MessageBatch {
    private static final int MMSGHDR_LENGTH = 64;
    private static final int MSG_IOV_OFFSET = 16;
    private static final int MSG_IOVLEN_OFFSET = 24;
    private static final int IOVEC_LENGTH = 16;
    private static final int IOV_LEN_OFFSET = 8;

    private static final LibC LIBC = LibC.INSTANCE;

    private final UnsafeBuffer headers;
    private final UnsafeBuffer vectors;
    private final long headersAddress;
    private final int capacity;
    private int size;

    /** @param capacity frames at most in one batch */
    public MessageBatch(int capacity) {
        this.capacity = capacity;
        headers = NativeBuffers.allocate(capacity * MMSGHDR_LENGTH);
        vectors = NativeBuffers.allocate(capacity * IOVEC_LENGTH);
        headersAddress = headers.addressOffset();
        for (int i = 0; i < capacity; i++) {
            headers.putLong(i * MMSGHDR_LENGTH + MSG_IOV_OFFSET, vectors.addressOffset() + (long) i * IOVEC_LENGTH);
            headers.putLong(i * MMSGHDR_LENGTH + MSG_IOVLEN_OFFSET, 1);
        }
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == capacity;
    }

    /**
     * Adds a frame.
     *
     * @param address native address of its first octet; the memory stays as it is until the batch has been sent
     * @param length  octets
     */
    public void add(long address, int length) {
        int vector = size * IOVEC_LENGTH;
        vectors.putLong(vector, address);
        vectors.putLong(vector + IOV_LEN_OFFSET, length);
        size++;
    }

    /** Octets of the frame at this place. */
    public int length(int place) {
        return (int) vectors.getLong(place * IOVEC_LENGTH + IOV_LEN_OFFSET);
    }

    /** Native address of the first octet of the frame at this place. */
    public long address(int place) {
        return vectors.getLong(place * IOVEC_LENGTH);
    }

    /** Makes the frame at this place begin {@code octets} earlier; later, when negative. Its end stays. */
    public void growAtStart(int place, int octets) {
        int vector = place * IOVEC_LENGTH;
        vectors.putLong(vector, vectors.getLong(vector) - octets);
        vectors.putLong(vector + IOV_LEN_OFFSET, vectors.getLong(vector + IOV_LEN_OFFSET) + octets);
    }

    /**
     * Sends the frames from place {@code from} on, without waiting.
     *
     * @return how many were taken, at least 1; or the negative errno of the frame at {@code from}
     */
    public int send(LinuxSocket socket, int from) {
        int sent = LIBC.sendmmsg(
                socket.fd(),
                headersAddress + (long) from * MMSGHDR_LENGTH,
                size - from,
                Socket.MSG_DONTWAIT | Socket.MSG_NOSIGNAL);
        return sent < 0 ? -LibC.lastErrno() : sent;
    }

    /** Forgets all frames. */
    public void clear() {
        size = 0;
    }
}
