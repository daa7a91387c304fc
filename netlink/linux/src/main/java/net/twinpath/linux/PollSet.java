package net.twinpath.linux;

import jnr.constants.platform.Errno;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A fixed set of descriptors waited on together (poll(2)); waiting allocates nothing.
 *
 * <p>{@code struct pollfd}: s32 fd, s16 events, s16 revents.
 */
public final class PollSet {
    /** There is something to read. */
    public static final int POLLIN = 0x001;

    /** The socket holds an error; it is reported again and again until {@link LinuxSocket#takeError()}. */
    public static final int POLLERR = 0x008;

    private static final int POLLFD_LENGTH = 8;
    private static final int EVENTS_OFFSET = 4;
    private static final int REVENTS_OFFSET = 6;
    private static final int EINTR = Errno.EINTR.intValue();

    private static final LibC LIBC = LibC.INSTANCE;

    private final UnsafeBuffer descriptors;
    private final long address;
    private final int count;

    /** Waits for input on {@code fds}, which are known by their place from here on. */
    public PollSet(int... fds) {
        count = fds.length;
        descriptors = NativeBuffers.allocate(count * POLLFD_LENGTH);
        address = descriptors.addressOffset();
        for (int i = 0; i < count; i++) {
            descriptors.putInt(i * POLLFD_LENGTH, fds[i]);
            descriptors.putShort(i * POLLFD_LENGTH + EVENTS_OFFSET, (short) POLLIN);
        }
    }

    /**
     * Waits until a descriptor is ready or the time is over.
     *
     * @param timeoutMs milliseconds; 0 looks without waiting, -1 waits for ever
     * @return number of ready descriptors, 0 also when a signal came
     */
    public int await(int timeoutMs) {
        int ready = LIBC.poll(address, count, timeoutMs);
        if (ready >= 0) {
            return ready;
        }
        int errno = LibC.lastErrno();
        if (errno == EINTR) {
            return 0;
        }
        throw new ErrnoException("poll", count + " descriptors", errno);
    }

    /** What the last {@link #await} found on the descriptor at this place: {@code POLL*} bits. */
    public int events(int place) {
        return descriptors.getShort(place * POLLFD_LENGTH + REVENTS_OFFSET);
    }
}
