package net.twinpath.daemon.apply;

import jnr.constants.platform.Errno;
import net.twinpath.daemon.StartException;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;

/**
 * The right to use an interface, held by one twinpathd of a network namespace at a time. It is an abstract AF_UNIX socket
 * named after the interface: the kernel keeps such names apart by namespace and frees them however their owner ends.
 */
final class InterfaceLock implements AutoCloseable {
    private static final String PREFIX = "twinpath/interface/";

    private final LinuxSocket socket;

    private InterfaceLock(LinuxSocket socket) {
        this.socket = socket;
    }

    /** @throws StartException when another twinpathd holds it */
    static InterfaceLock take(String interfaceName) throws StartException {
        SocketAddress address = SocketAddress.unixAbstract(PREFIX + interfaceName);
        LinuxSocket socket = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_SEQPACKET, 0);
        try {
            socket.bind(address);
            socket.listen(1);
            return new InterfaceLock(socket);
        } catch (ErrnoException e) {
            socket.close();
            if (e.is(Errno.EADDRINUSE)) {
                throw new StartException("another twinpathd" + holder(address) + " uses it");
            }
            throw e;
        }
    }

    /** {@code " (pid N)"}, or nothing when the holder has just gone. */
    private static String holder(SocketAddress address) {
        try (LinuxSocket probe = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_SEQPACKET | Socket.SOCK_NONBLOCK, 0)) {
            probe.connect(address);
            return " (pid " + probe.peerCredentials().pid() + ")";
        } catch (ErrnoException e) {
            return "";
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
