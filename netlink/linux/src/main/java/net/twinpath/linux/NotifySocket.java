package net.twinpath.linux;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The socket at which systemd hears what a service says of itself (sd_notify(3)): each datagram is lines of
 * {@code NAME=value}. Every message finds its way anew, so that it does not matter when systemd starts itself anew.
 */
public final class NotifySocket {
    private static final char ABSTRACT = '@';

    private final SocketAddress address;

    /**
     * @param name as in {@code NOTIFY_SOCKET}: an absolute path, or {@code @} and a name in the abstract space
     * @throws IllegalArgumentException when it is neither
     */
    public NotifySocket(String name) {
        if (name.isEmpty() || (name.charAt(0) != ABSTRACT && name.charAt(0) != '/')) {
            throw new IllegalArgumentException(
                    "NOTIFY_SOCKET=" + name + " is neither an absolute path nor @ and an abstract name");
        }
        address = name.charAt(0) == ABSTRACT
                ? SocketAddress.unixAbstract(name.substring(1))
                : SocketAddress.unixPath(name);
    }

    /**
     * Sends one message.
     *
     * @param message     lines of {@code NAME=value}
     * @param descriptors that go with it, at most 253
     * @throws ErrnoException when nobody takes it
     */
    public void send(String message, int... descriptors) {
        byte[] octets = NativeBuffers.octets(message);
        UnsafeBuffer data = NativeBuffers.allocate(octets.length);
        data.putBytes(0, octets);
        try (LinuxSocket socket = LinuxSocket.open(Socket.AF_UNIX, Socket.SOCK_DGRAM, 0)) {
            socket.connect(address);
            int sent = descriptors.length == 0
                    ? socket.send(data, octets.length, 0)
                    : socket.send(data, octets.length, descriptors);
            if (sent < 0) {
                throw new ErrnoException("send", address.toString(), -sent);
            }
        }
    }
}
