package net.twinpath.linux;

import static net.twinpath.linux.ErrnoException.check;

import java.nio.file.Path;

/** Entering network namespaces (setns(2)). */
public final class NetworkNamespace {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int O_RDONLY_CLOEXEC = 0x80000;

    private static final LibC LIBC = LibC.INSTANCE;

    private NetworkNamespace() {}

    /**
     * Moves the calling thread into the namespace a file stands for; sockets it opens from here on belong to that
     * namespace. A thread that entered one is thrown away afterwards, never handed back to a pool.
     *
     * @param file for example {@code /run/netns/NAME} or {@code /proc/PID/ns/net}
     */
    public static void enter(Path file) {
        int fd = check(LIBC.open(file.toString(), O_RDONLY_CLOEXEC), "open", file.toString());
        try {
            check(LIBC.setns(fd, CLONE_NEWNET), "setns", file.toString());
        } finally {
            LIBC.close(fd);
        }
    }
}
