package net.twinpath.duppath;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.port.PortSettings;
import net.twinpath.linux.ErrnoException;
import org.agrona.DirectBuffer;

/**
 * What a path leaves when another is to go on in its place at once: its ports, which stay open and take frames meanwhile,
 * and which numbers it has heard of whom. With it the other loses nothing that the ports' rings can hold, and passes
 * nothing twice.
 *
 * @param ownAddress the path's, first octet in bits 47 to 40
 * @param meaning    tells what the state can be taken for; of use only to a path for which it is the same
 * @param inside     the inside port
 * @param links      LAN A, LAN B, and so on
 * @param state      what was remembered
 */
public record KeptPath(long ownAddress, String meaning, Port.Kept inside, List<Port.Kept> links, DirectBuffer state)
        implements AutoCloseable {
    public KeptPath {
        links = List.copyOf(links);
    }

    /** The ports, links and inside port. */
    public List<Port.Kept> ports() {
        return Stream.concat(links.stream(), Stream.of(inside)).toList();
    }

    /**
     * Whether these are the links, in this order, so that the state's places are theirs. An interface may have come or gone
     * meanwhile, or be another one of the same name.
     */
    boolean isOf(List<PortSettings> settings) {
        return links.size() == settings.size()
                && IntStream.range(0, links.size())
                        .allMatch(i -> links.get(i).settings().isLinkOf(settings.get(i)));
    }

    /**
     * Goes on with the link that was left open for these settings; empty when there is none that can be used.
     *
     * @param place that it shall have
     */
    Optional<Port> goOnWithLink(PortSettings settings, int place) {
        return links.stream()
                .filter(kept -> kept.settings().equals(settings))
                .findFirst()
                .flatMap(Port.Kept::socket)
                .flatMap(socket -> attempt(() -> Port.link(settings, socket, place)));
    }

    /** As {@link #goOnWithLink}, with the inside port. */
    Optional<Port> goOnInside(PortSettings settings, CounterBlock counters) {
        return inside.socket()
                .filter(socket -> inside.settings().equals(settings))
                .flatMap(socket -> attempt(() -> Port.inside(settings, socket, counters)));
    }

    /** The interface may have been removed meanwhile, and be there again. */
    private static Optional<Port> attempt(Supplier<Port> port) {
        try {
            return Optional.of(port.get());
        } catch (ErrnoException notUsable) {
            return Optional.empty();
        }
    }

    /** Gives all up: no path goes on with it. */
    @Override
    public void close() {
        ports().forEach(Port.Kept::close);
    }

    /** Closes the ports that a path of these settings does not go on with. */
    void closeOthers(PortSettings insideSettings, List<PortSettings> linkSettings) {
        if (!inside.settings().equals(insideSettings)) {
            inside.close();
        }
        links.stream().filter(kept -> !linkSettings.contains(kept.settings())).forEach(Port.Kept::close);
    }
}
