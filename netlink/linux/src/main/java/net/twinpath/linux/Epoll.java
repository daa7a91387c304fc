package net.twinpath.linux;

import static net.twinpath.linux.ErrnoException.check;

import java.util.function.IntConsumer;
import jnr.constants.platform.Errno;
import org.agrona.concurrent.UnsafeBuffer;

/** A changing set of descriptors waited on together (epoll(7), level-triggered). */
public final class Epoll implements AutoCloseable {
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    /** There is input, or its end. */
    public static final int EPOLLIN = 0x001;

    /** There is room for output. */
    public static final int EPOLLOUT = 0x004;

    /** {@code struct epoll_event} is packed on x86-64 only: u32 events, u64 data. */
    private static final boolean PACKED = "amd64".equals(System.getProperty("os.arch"));

    private static final int DATA_OFFSET = PACKED ? 4 : 8;
    private static final int EVENT_LENGTH = PACKED ? 12 : 16;
    private static final int MAX_EVENTS = 64;

    private static final LibC LIBC = LibC.INSTANCE;

    private final UnsafeBuffer change = NativeBuffers.allocate(EVENT_LENGTH);
    private final UnsafeBuffer events = NativeBuffers.allocate(EVENT_LENGTH * MAX_EVENTS);
    private final int epollFd;
    private boolean closed;

    public Epoll() {
        epollFd = check(LIBC.epoll_create1(EPOLL_CLOEXEC), "epoll_create1", "");
    }

    /** Waits for input on {@code fd} from here on. */
    public void add(int fd) {
        add(fd, EPOLLIN);
    }

    /**
     * Waits for events on {@code fd} from here on.
     *
     * @param events {@link #EPOLLIN} or {@link #EPOLLOUT}
     */
    public void add(int fd, int events) {
        control(EPOLL_CTL_ADD, fd, events);
    }

    public void remove(int fd) {
        control(EPOLL_CTL_DEL, fd, 0);
    }

    private void control(int operation, int fd, int interest) {
        change.putInt(0, interest);
        change.putLong(DATA_OFFSET, fd);
        check(LIBC.epoll_ctl(epollFd, operation, fd, change.addressOffset()), "epoll_ctl", "fd " + fd);
    }

    /**
     * Waits until descriptors are ready or the time is over, and names each ready one to {@code ready}.
     *
     * @param timeoutMs milliseconds; -1 waits for ever
     */
    public void await(int timeoutMs, IntConsumer ready) {
        int count = LIBC.epoll_wait(epollFd, events.addressOffset(), MAX_EVENTS, timeoutMs);
        if (count < 0) {
            int errno = LibC.lastErrno();
            if (errno != Errno.EINTR.intValue()) {
                throw new ErrnoException("epoll_wait", "fd " + epollFd, errno);
            }
        }
        for (int i = 0; i < count; i++) {
            ready.accept((int) events.getLong(i * EVENT_LENGTH + DATA_OFFSET));
        }
    }

    /** Ends all waiting; further calls do nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LIBC.close(epollFd);
        }
    }
}
