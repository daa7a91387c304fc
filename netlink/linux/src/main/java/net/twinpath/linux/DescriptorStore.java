package net.twinpath.linux;

import static net.twinpath.linux.ErrnoException.check;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where systemd keeps descriptors for a service that is started anew (sd_pid_notify_with_fds(3),
 * {@code FileDescriptorStoreMax=}); the next process finds them among its {@link PassedDescriptors}.
 */
public final class DescriptorStore {
    private static final LibC LIBC = LibC.INSTANCE;
    private static final int O_CLOEXEC = 0x80000;

    private final NotifySocket systemd;

    public DescriptorStore(NotifySocket systemd) {
        this.systemd = systemd;
    }

    /**
     * Puts a descriptor in, which may be closed then. It stays there whatever becomes of what it describes
     * ({@code FDPOLL=0}).
     *
     * @param name at most 255 characters of ASCII, no colon
     */
    public void keep(String name, int descriptor) {
        systemd.send("FDSTORE=1\nFDPOLL=0\nFDNAME=" + name, descriptor);
    }

    /** Takes all descriptors of a name out. */
    public void remove(String name) {
        systemd.send("FDSTOREREMOVE=1\nFDNAME=" + name);
    }

    /**
     * Waits until systemd has read what it was sent: what a process sends that has ended before is lost.
     *
     * @param timeoutMs milliseconds at most
     * @return false when it has not
     */
    public boolean awaitRead(int timeoutMs) {
        UnsafeBuffer ends = NativeBuffers.allocate(2 * Integer.BYTES);
        check(LIBC.pipe2(ends.addressOffset(), O_CLOEXEC), "pipe2", "barrier");
        int readEnd = ends.getInt(0);
        int writeEnd = ends.getInt(Integer.BYTES);
        try {
            systemd.send("BARRIER=1", writeEnd);
        } finally {
            LIBC.close(writeEnd);
        }
        try {
            return new PollSet(readEnd).await(timeoutMs) > 0;
        } finally {
            LIBC.close(readEnd);
        }
    }
}
