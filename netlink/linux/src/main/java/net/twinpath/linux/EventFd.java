package net.twinpath.linux;

import static net.twinpath.linux.ErrnoException.check;

import org.agrona.concurrent.UnsafeBuffer;

/** A counter one thread raises to wake another that polls (eventfd(2)). */
public final class EventFd implements AutoCloseable {
    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;

    private static final LibC LIBC = LibC.INSTANCE;

    private final UnsafeBuffer one = NativeBuffers.allocate(Long.BYTES);
    private final UnsafeBuffer drained = NativeBuffers.allocate(Long.BYTES);
    private final int fd;
    private boolean closed;

    public EventFd() {
        this.fd = check(LIBC.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd", "0");
        this.one.putLong(0, 1);
    }

    public int fd() {
        return fd;
    }

    /** Makes the descriptor readable; may be called by any thread until {@link #close()}. */
    public synchronized void raise() {
        if (!closed) {
            LIBC.write(fd, one.addressOffset(), Long.BYTES);
        }
    }

    /** Makes the descriptor unreadable again; called by the polling thread only. */
    public void drain() {
        LIBC.read(fd, drained.addressOffset(), Long.BYTES);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            LIBC.close(fd);
        }
    }
}
