package net.twinpath.linux;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * What sendmmsg(2) reads: a header for each message and, in an array of their own, the parts the messages are made of.
 * Filling and sending allocate nothing.
 *
 * <pre>
 *  struct mmsghdr (64 octets)               struct iovec (16 octets)
 *  +0   msg_name        8                   +0  iov_base  8
 *  +16  msg_iov         8  ---------------> +8  iov_len   8
 *  +24  msg_iovlen      8                   next part ...
 *  +56  msg_len         4  (written by the kernel)
 * </pre>
 */
final class MessageArrays {
    private static final int MMSGHDR_LENGTH = 64;
    private static final int MSG_IOV_OFFSET = 16;
    private static final int MSG_IOVLEN_OFFSET = 24;
    private static final int IOVEC_LENGTH = 16;
    private static final int IOV_LEN_OFFSET = 8;

    private static final LibC LIBC = LibC.INSTANCE;

    private final UnsafeBuffer headers;
    private final UnsafeBuffer vectors;

    /**
     * Makes arrays of messages without parts.
     *
     * @param messages at most
     * @param parts    of all messages together, at most
     */
    MessageArrays(int messages, int parts) {
        headers = NativeBuffers.allocate(messages * MMSGHDR_LENGTH);
        vectors = NativeBuffers.allocate(parts * IOVEC_LENGTH);
    }

    /** Has a message begin with this part, and have so many parts. */
    void message(int message, int firstPart, int parts) {
        int header = message * MMSGHDR_LENGTH;
        headers.putLong(header + MSG_IOV_OFFSET, vectors.addressOffset() + (long) firstPart * IOVEC_LENGTH);
        headers.putLong(header + MSG_IOVLEN_OFFSET, parts);
    }

    /**
     * Has a part be memory, which stays as it is until it has been sent.
     *
     * @param address native address of its first octet
     * @param length  octets
     */
    void part(int part, long address, int length) {
        int vector = part * IOVEC_LENGTH;
        vectors.putLong(vector, address);
        vectors.putLong(vector + IOV_LEN_OFFSET, length);
    }

    /** Native address of the part's first octet. */
    long address(int part) {
        return vectors.getLong(part * IOVEC_LENGTH);
    }

    /** Octets of the part. */
    int length(int part) {
        return (int) vectors.getLong(part * IOVEC_LENGTH + IOV_LEN_OFFSET);
    }

    /**
     * Sends messages without waiting.
     *
     * @return how many were taken, at least 1; or the negative errno of the first
     */
    int send(LinuxSocket socket, int from, int messages) {
        int sent = LIBC.sendmmsg(
                socket.fd(),
                headers.addressOffset() + (long) from * MMSGHDR_LENGTH,
                messages,
                Socket.MSG_DONTWAIT | Socket.MSG_NOSIGNAL);
        return sent < 0 ? -LibC.lastErrno() : sent;
    }
}
