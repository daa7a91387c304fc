package net.twinpath.netlink.route;

import java.util.function.Consumer;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.NetlinkMessage;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.family.rtlink.RtLink;

/** Tells of interfaces that come, change and go, for use from an event loop. */
public final class LinkEvents implements AutoCloseable {
    private final NetlinkSocket socket;

    /** Listens on a socket of {@code NETLINK_ROUTE}, which serves nothing else from here on. */
    public LinkEvents(NetlinkSocket socket) {
        this.socket = socket;
        socket.join(RtLink.RTNLGRP_LINK);
    }

    /** Listens in the network namespace of the calling thread. */
    public static LinkEvents open() {
        return new LinkEvents(NetlinkSocket.open(Netlink.NETLINK_ROUTE));
    }

    /** The descriptor to wait on; readable when {@link #poll} has something. */
    public int fd() {
        return socket.fd();
    }

    /** Hands over the events that are there, in their order, without waiting. */
    public void poll(Consumer<LinkEvent> consumer) {
        boolean complete = socket.drain(message -> decode(message, consumer));
        if (!complete) {
            consumer.accept(new LinkEvent.ResyncNeeded());
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private static void decode(NetlinkMessage message, Consumer<LinkEvent> consumer) {
        switch (message.type()) {
            case RtLink.RTM_NEWLINK ->
                Link.decode(message).map(LinkEvent.Changed::new).ifPresent(consumer);
            case RtLink.RTM_DELLINK ->
                Link.decode(message).map(LinkEvent.Removed::new).ifPresent(consumer);
            default -> {}
        }
    }
}
