package net.twinpath.netlink;

import org.agrona.concurrent.UnsafeBuffer;

/** Moves datagrams of netlink messages to the kernel and back; the seam a test answers at. */
public interface NetlinkTransport extends AutoCloseable {
    /** The descriptor, for an event loop; readable when {@link #receive} has something. */
    int fd();

    /** Joins a multicast group, by its number. */
    void join(int group);

    /**
     * Sends one datagram.
     *
     * @return octets sent, or the negative errno
     */
    int send(UnsafeBuffer datagram, int length);

    /**
     * Receives one datagram.
     *
     * @param timeoutMs milliseconds to wait for one; 0 only looks
     * @return octets of the datagram, which is more than the capacity of {@code into} when it was cut; or the negative
     *     errno, {@code -EAGAIN} when nothing came
     */
    int receive(UnsafeBuffer into, int timeoutMs);

    @Override
    void close();
}
