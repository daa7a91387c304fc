package net.twinpath.linux;

import static net.twinpath.linux.ErrnoException.check;

import org.agrona.concurrent.UnsafeBuffer;

/** Memory mapped from a socket's ring, or anonymous memory that costs nothing until it is touched. */
public final class Mapping implements AutoCloseable {
    private static final int PROT_READ_WRITE = 0x1 | 0x2;
    private static final int MAP_SHARED = 0x01;
    private static final int MAP_PRIVATE = 0x02;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_POPULATE = 0x8000;

    private static final LibC LIBC = LibC.INSTANCE;

    private final long address;
    private final int length;
    private boolean closed;

    private Mapping(long address, int length) {
        this.address = address;
        this.length = length;
    }

    /** Maps {@code length} octets of {@code socket}'s ring, present from the start. */
    static Mapping ofRing(LinuxSocket socket, int length) {
        long address = LIBC.mmap(null, length, PROT_READ_WRITE, MAP_SHARED | MAP_POPULATE, socket.fd(), 0);
        return new Mapping(check(address, "mmap", length + " octets of packet ring"), length);
    }

    /** Maps {@code length} zero octets; a page takes memory when it is first written. */
    public static Mapping anonymous(int length) {
        long address = LIBC.mmap(null, length, PROT_READ_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return new Mapping(check(address, "mmap", length + " octets"), length);
    }

    /** A view of the whole mapping; not to be used after {@link #close()}. */
    public UnsafeBuffer buffer() {
        return new UnsafeBuffer(address, length);
    }

    /** Unmaps the memory; further calls do nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LIBC.munmap(address, length);
        }
    }
}
