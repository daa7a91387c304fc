package net.twinpath.linux;

import static net.twinpath.linux.ErrnoException.check;

import jnr.constants.platform.Errno;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A socket of any family, opened close-on-exec, and the calls made on it. */
public final class LinuxSocket implements AutoCloseable {
    /** {@code struct ucred}: s32 pid, u32 uid, u32 gid. */
    private static final int UCRED_LENGTH = 12;

    private static final short BPF_RET_K = 0x06;
    private static final int MSGHDR_LENGTH = 56;
    private static final int CMSGHDR_LENGTH = 16;
    private static final int SCM_RIGHTS = 1;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;

    private static final LibC LIBC = LibC.INSTANCE;

    private final int fd;
    private boolean closed;

    private LinuxSocket(int fd) {
        this.fd = fd;
    }

    /**
     * Opens a socket.
     *
     * @param domain   {@code AF_*}
     * @param type     {@code SOCK_*}, with {@code SOCK_NONBLOCK} when wanted
     * @param protocol as the family defines it
     */
    public static LinuxSocket open(int domain, int type, int protocol) {
        String argument = "family " + domain + ", type " + (type & 0xF);
        return new LinuxSocket(check(LIBC.socket(domain, type | Socket.SOCK_CLOEXEC, protocol), "socket", argument));
    }

    /** Takes over an open socket, as from another process; it is close-on-exec from now on. */
    public static LinuxSocket ofFd(int fd) {
        check(LIBC.fcntl(fd, F_SETFD, FD_CLOEXEC), "fcntl", "fd " + fd);
        return new LinuxSocket(fd);
    }

    /** Opens two AF_UNIX sockets of which each receives what the other sends, in messages that may be lost (SOCK_DGRAM). */
    static LinuxSocket[] pair() {
        UnsafeBuffer fds = NativeBuffers.allocate(2 * Integer.BYTES);
        int type = Socket.SOCK_DGRAM | Socket.SOCK_CLOEXEC;
        check(LIBC.socketpair(Socket.AF_UNIX, type, 0, fds.addressOffset()), "socketpair", "AF_UNIX");
        return new LinuxSocket[] {new LinuxSocket(fds.getInt(0)), new LinuxSocket(fds.getInt(Integer.BYTES))};
    }

    /** No socket: calls on it fail with EBADF. */
    static LinuxSocket none() {
        LinuxSocket none = new LinuxSocket(-1);
        none.closed = true;
        return none;
    }

    public int fd() {
        return fd;
    }

    public void bind(SocketAddress address) {
        check(LIBC.bind(fd, address.nativeAddress(), address.length()), "bind", address.toString());
    }

    public void connect(SocketAddress address) {
        check(LIBC.connect(fd, address.nativeAddress(), address.length()), "connect", address.toString());
    }

    public void listen(int backlog) {
        check(LIBC.listen(fd, backlog), "listen", "backlog " + backlog);
    }

    /** The next waiting connection, non-blocking; null when none waits. */
    public @Nullable LinuxSocket accept() {
        int accepted = LIBC.accept4(fd, 0, 0, Socket.SOCK_NONBLOCK | Socket.SOCK_CLOEXEC);
        if (accepted >= 0) {
            return new LinuxSocket(accepted);
        }
        int errno = LibC.lastErrno();
        if (errno == Errno.EAGAIN.intValue()
                || errno == Errno.ECONNABORTED.intValue()
                || errno == Errno.EINTR.intValue()) {
            return null;
        }
        throw new ErrnoException("accept4", "fd " + fd, errno);
    }

    public void option(int level, int name, int value) {
        option(level, name, NativeBuffers.ofInt(value));
    }

    public void option(int level, int name, UnsafeBuffer value) {
        check(
                LIBC.setsockopt(fd, level, name, value.addressOffset(), value.capacity()),
                "setsockopt",
                "level " + level + ", option " + name);
    }

    /**
     * Has the kernel drop all packets for this socket unanswered, as if they were lost on the way: a socket filter
     * ({@code SO_ATTACH_FILTER}, socket(7)) of one instruction, {@code ret 0}.
     */
    public void dropAllInput() {
        UnsafeBuffer filter = NativeBuffers.allocate(8);
        filter.putShort(0, BPF_RET_K);
        UnsafeBuffer program = NativeBuffers.allocate(16);
        program.putShort(0, (short) 1);
        program.putLong(8, filter.addressOffset());
        option(Socket.SOL_SOCKET, Socket.SO_ATTACH_FILTER, program);
    }

    /** Reads an option into {@code value}; allocates nothing but the length word when {@code value} has room for it. */
    public void readOption(int level, int name, UnsafeBuffer value) {
        UnsafeBuffer length = NativeBuffers.ofInt(value.capacity());
        check(
                LIBC.getsockopt(fd, level, name, value.addressOffset(), length.addressOffset()),
                "getsockopt",
                "level " + level + ", option " + name);
    }

    /** Reads the address the socket is bound to (getsockname(2)) into {@code name}. */
    void readName(UnsafeBuffer name) {
        UnsafeBuffer length = NativeBuffers.ofInt(name.capacity());
        check(LIBC.getsockname(fd, name.addressOffset(), length.addressOffset()), "getsockname", "fd " + fd);
    }

    /** Takes and clears the socket's pending error: 0 or an errno. */
    public int takeError() {
        UnsafeBuffer value = NativeBuffers.allocate(Integer.BYTES);
        readOption(Socket.SOL_SOCKET, Socket.SO_ERROR, value);
        return value.getInt(0);
    }

    /** Who is at the other end of an AF_UNIX connection ({@code SO_PEERCRED}, unix(7)). */
    public PeerCredentials peerCredentials() {
        UnsafeBuffer value = NativeBuffers.allocate(UCRED_LENGTH);
        readOption(Socket.SOL_SOCKET, Socket.SO_PEERCRED, value);
        return new PeerCredentials(value.getInt(0), value.getInt(4), value.getInt(8));
    }

    /**
     * Sends one message.
     *
     * @return octets sent, or the negative errno
     */
    public int send(UnsafeBuffer data, int length, int flags) {
        long sent = LIBC.send(fd, data.addressOffset(), length, flags | Socket.MSG_NOSIGNAL);
        return sent < 0 ? -LibC.lastErrno() : (int) sent;
    }

    /**
     * Sends one message with descriptors (SCM_RIGHTS, unix(7)).
     *
     * <pre>
     *  msghdr (56 octets)                       cmsghdr (16 octets)
     *  +16  msg_iov         8  -> iovec         +0   cmsg_len    8  with the descriptors behind it
     *  +24  msg_iovlen      8  (1)              +8   cmsg_level  4
     *  +32  msg_control     8  -> cmsghdr       +12  cmsg_type   4
     *  +40  msg_controllen  8                   +16  descriptors, 4 octets each
     * </pre>
     *
     * @return octets sent, or the negative errno
     */
    public int send(UnsafeBuffer data, int length, int[] descriptors) {
        UnsafeBuffer vector = NativeBuffers.allocate(16);
        vector.putLong(0, data.addressOffset());
        vector.putLong(8, length);
        int used = CMSGHDR_LENGTH + descriptors.length * Integer.BYTES;
        UnsafeBuffer control = NativeBuffers.allocate(BitUtil.align(used, Long.BYTES));
        control.putLong(0, used);
        control.putInt(8, Socket.SOL_SOCKET);
        control.putInt(12, SCM_RIGHTS);
        for (int i = 0; i < descriptors.length; i++) {
            control.putInt(CMSGHDR_LENGTH + i * Integer.BYTES, descriptors[i]);
        }
        UnsafeBuffer message = NativeBuffers.allocate(MSGHDR_LENGTH);
        message.putLong(16, vector.addressOffset());
        message.putLong(24, 1);
        message.putLong(32, control.addressOffset());
        message.putLong(40, control.capacity());
        long sent = LIBC.sendmsg(fd, message.addressOffset(), Socket.MSG_NOSIGNAL);
        return sent < 0 ? -LibC.lastErrno() : (int) sent;
    }

    /**
     * Receives one message.
     *
     * @return octets received (of the whole message with {@code MSG_TRUNC}), 0 at the end, or the negative errno
     */
    public int receive(UnsafeBuffer data, int flags) {
        long received = LIBC.recv(fd, data.addressOffset(), data.capacity(), flags);
        return received < 0 ? -LibC.lastErrno() : (int) received;
    }

    /** Ends what this side sends: the peer reads what is under way and then the end, and can still send (shutdown(2)). */
    public void endOutput() {
        check(LIBC.shutdown(fd, Socket.SHUT_WR), "shutdown", "fd " + fd);
    }

    /** Closes the socket; further calls do nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LIBC.close(fd);
        }
    }

    /**
     * The process at the other end of an AF_UNIX connection.
     *
     * @param pid process id
     * @param uid user id
     * @param gid group id
     */
    public record PeerCredentials(int pid, int uid, int gid) {}
}
