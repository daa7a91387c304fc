package net.twinpath.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.twinpath.config.toml.ConfigPosition;
import net.twinpath.config.value.InterfaceAddress;

/**
 * One table {@code [path.NAME]}.
 *
 * @param name of the path, and with {@link Inside.Host} of the interface it gives the machine
 * @param inside what the path serves
 * @param addresses that the path's interface gets, all different; may be empty, and is with {@link Inside.Gateway}
 * @param links that carry the copies, all different interfaces, as many as the format has; LAN A first
 * @param format how copies are marked
 * @param superFrames whether the path's interface sends and receives frames of many TCP segments; with
 *     {@link Inside.Host} only
 * @param cores that the path's agents are pinned to; empty: the kernel chooses
 * @param busyPolling whether the path's agents never sleep
 * @param mtu largest packet the path carries, in bytes; empty: 1500, less where the links allow only less
 * @param supervision of meaning with {@link Format#PRP} only
 * @param continuityInterval of meaning with {@link Format#FRER} only
 * @param selection which frames are duplicated
 * @param recovery for frames of no stream; of meaning with {@link Format#FRER} only
 * @param orderingMaxDelay how long a frame waits for those before it (POFMaxDelay of RFC 9550); empty: no ordering
 * @param source where the table stands
 */
public record PathSettings(
        String name,
        Inside inside,
        List<InterfaceAddress> addresses,
        List<LinkSettings> links,
        Format format,
        boolean superFrames,
        Optional<CoreSettings> cores,
        boolean busyPolling,
        OptionalInt mtu,
        SupervisionSettings supervision,
        ContinuityInterval continuityInterval,
        StreamSelection selection,
        RecoverySettings recovery,
        Optional<Duration> orderingMaxDelay,
        ConfigPosition source) {
    /** What is added to the path's name to name the daemon's end of its interface pair. */
    static final String PEER_SUFFIX = "-in";

    public PathSettings {
        addresses = List.copyOf(addresses);
        links = List.copyOf(links);
    }

    /** The daemon's end of the veth pair whose other end is called {@link #name()}. */
    public String peerName() {
        return name + PEER_SUFFIX;
    }

    /** The interfaces of the links, in their order. */
    public List<String> linkNames() {
        return links.stream().map(LinkSettings::interfaceName).toList();
    }
}
