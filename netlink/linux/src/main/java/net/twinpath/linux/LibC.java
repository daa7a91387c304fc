package net.twinpath.linux;

import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The C library's functions that twinpath calls, with native addresses as {@code long}.
 *
 * <p>A call with exactly six integer arguments has its sixth corrupted by jnr-ffi on x86-64 (2.2.7 to 2.3.4), so one
 * argument of {@link #mmap} is a {@link Pointer}; {@code sendto} and {@code recvfrom} are not bound at all.
 *
 * <p>Public only because jnr-ffi implements it from another class loader; for this package's use.
 */
public interface LibC {
    LibC INSTANCE = LibraryLoader.create(LibC.class).load("c");

    static int lastErrno() {
        return LastError.getLastError(jnr.ffi.Runtime.getRuntime(INSTANCE));
    }

    int socket(int domain, int type, int protocol);

    int socketpair(int domain, int type, int protocol, long fds);

    int bind(int fd, long address, int addressLength);

    int connect(int fd, long address, int addressLength);

    int listen(int fd, int backlog);

    int accept4(int fd, long address, long addressLength, int flags);

    int getsockname(int fd, long address, long addressLength);

    int setsockopt(int fd, int level, int name, long value, int valueLength);

    int getsockopt(int fd, int level, int name, long value, long valueLength);

    long send(int fd, long data, long length, int flags);

    long recv(int fd, long data, long length, int flags);

    long sendmsg(int fd, long message, int flags);

    long recvmsg(int fd, long message, int flags);

    int sendmmsg(int fd, long messages, int count, int flags);

    long read(int fd, long data, long length);

    long write(int fd, long data, long length);

    int shutdown(int fd, int how);

    int fcntl(int fd, int command, int argument);

    int pipe2(long fds, int flags);

    int close(int fd);

    int open(String path, int flags);

    long mmap(@Nullable Pointer address, long length, int protection, int flags, int fd, long offset);

    int munmap(long address, long length);

    int poll(long descriptors, long count, int timeoutMs);

    int epoll_create1(int flags);

    int epoll_ctl(int epollFd, int operation, int fd, long event);

    int epoll_wait(int epollFd, long events, int maxEvents, int timeoutMs);

    int eventfd(int initialValue, int flags);

    int setns(int fd, int type);

    int if_nametoindex(String name);

    int sched_setaffinity(int tid, long maskLength, long mask);

    int sched_getaffinity(int tid, long maskLength, long mask);

    int clock_gettime(int clock, long timespec);
}
