package net.twinpath.config;

import java.util.List;
import java.util.OptionalInt;

/**
 * One table {@code [path.NAME]}.
 *
 * @param name of the path, and with {@link Inside#HOST} of the interface it gives the machine
 * @param inside what the path serves
 * @param addresses that the path's interface gets, all different; may be empty
 * @param links names of the interfaces that carry the copies, LAN A first, all different
 * @param format how copies are marked
 * @param mtu of the path's interface in bytes; empty: the largest that the links allow
 * @param supervision last byte of the address supervision frames are sent to, 0..255
 * @param source where the table stands
 * @param linkSources where each of {@code links} stands, in the same order
 */
public record PathSettings(
        String name,
        Inside inside,
        List<InterfaceAddress> addresses,
        List<String> links,
        Format format,
        OptionalInt mtu,
        int supervision,
        ConfigPosition source,
        List<ConfigPosition> linkSources) {
    /** What is added to the path's name to name the daemon's end of its interface pair. */
    static final String PEER_SUFFIX = "-in";

    public PathSettings {
        addresses = List.copyOf(addresses);
        links = List.copyOf(links);
        linkSources = List.copyOf(linkSources);
    }

    /** The daemon's end of the veth pair whose other end is called {@link #name()}. */
    public String peerName() {
        return name + PEER_SUFFIX;
    }
}
