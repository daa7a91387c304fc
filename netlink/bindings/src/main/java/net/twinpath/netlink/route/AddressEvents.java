package net.twinpath.netlink.route;

import java.util.function.Consumer;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.NetlinkMessage;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.family.rtaddr.RtAddr;

/** Tells of IP addresses that come, change and go, for use from an event loop. */
public final class AddressEvents implements AutoCloseable {
    private final NetlinkSocket socket;

    /** Listens on a socket of {@code NETLINK_ROUTE}, which serves nothing else from here on. */
    public AddressEvents(NetlinkSocket socket) {
        this.socket = socket;
        socket.join(RtAddr.RTNLGRP_IPV4_IFADDR);
        socket.join(RtAddr.RTNLGRP_IPV6_IFADDR);
    }

    /** Listens in the network namespace of the calling thread. */
    public static AddressEvents open() {
        return new AddressEvents(NetlinkSocket.open(Netlink.NETLINK_ROUTE));
    }

    /** The descriptor to wait on; readable when {@link #poll} has something. */
    public int fd() {
        return socket.fd();
    }

    /** Hands over the events that are there, in their order, without waiting. */
    public void poll(Consumer<AddressEvent> consumer) {
        boolean complete = socket.drain(message -> decode(message, consumer));
        if (!complete) {
            consumer.accept(new AddressEvent.ResyncNeeded());
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private static void decode(NetlinkMessage message, Consumer<AddressEvent> consumer) {
        switch (message.type()) {
            case RtAddr.RTM_NEWADDR ->
                Address.decode(message).map(AddressEvent.Changed::new).ifPresent(consumer);
            case RtAddr.RTM_DELADDR ->
                Address.decode(message).map(AddressEvent.Removed::new).ifPresent(consumer);
            default -> {}
        }
    }
}
