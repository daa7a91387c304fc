package net.twinpath.netlink;

import java.util.concurrent.TimeUnit;
import jnr.constants.platform.Errno;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.Netlink;
import net.twinpath.linux.PollSet;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import org.agrona.concurrent.UnsafeBuffer;

/** The transport over a socket of the kernel. */
final class KernelTransport implements NetlinkTransport {
    private static final int EAGAIN = Errno.EAGAIN.intValue();

    private final LinuxSocket socket;
    private final PollSet readable;

    private KernelTransport(LinuxSocket socket) {
        this.socket = socket;
        readable = new PollSet(socket.fd());
    }

    /**
     * Opens a socket with extended acknowledgements, acknowledgements that do not repeat the request, and
     * strict checking of dump requests.
     *
     * @param protocol {@code NETLINK_*}
     */
    static KernelTransport open(int protocol) {
        LinuxSocket socket = LinuxSocket.open(Socket.AF_NETLINK, Socket.SOCK_RAW | Socket.SOCK_NONBLOCK, protocol);
        try {
            socket.option(Netlink.SOL_NETLINK, Netlink.NETLINK_EXT_ACK, 1);
            socket.option(Netlink.SOL_NETLINK, Netlink.NETLINK_CAP_ACK, 1);
            socket.option(Netlink.SOL_NETLINK, Netlink.NETLINK_GET_STRICT_CHK, 1);
            socket.bind(SocketAddress.netlink(0));
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
        return new KernelTransport(socket);
    }

    @Override
    public int fd() {
        return socket.fd();
    }

    @Override
    public void join(int group) {
        socket.option(Netlink.SOL_NETLINK, Netlink.NETLINK_ADD_MEMBERSHIP, group);
    }

    @Override
    public int send(UnsafeBuffer datagram, int length) {
        return socket.send(datagram, length, 0);
    }

    @Override
    public int receive(UnsafeBuffer into, int timeoutMs) {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        int received = socket.receive(into, Socket.MSG_TRUNC);
        // A signal ends a wait early, hence the loop.
        for (long leftNs = deadlineNs - System.nanoTime();
                received == -EAGAIN && leftNs > 0;
                leftNs = deadlineNs - System.nanoTime()) {
            readable.await((int) TimeUnit.NANOSECONDS.toMillis(leftNs) + 1);
            received = socket.receive(into, Socket.MSG_TRUNC);
        }
        return received;
    }

    @Override
    public void close() {
        socket.close();
    }
}
