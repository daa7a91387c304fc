package net.twinpath.daemon.apply;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import net.twinpath.daemon.StartException;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.MacAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real interface a path has taken over, as a link or as a gateway's inside port. Closing gives it back as it was. */
final class PortGround implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("apply");

    private final Interfaces interfaces;
    private final PortBaselines baselines;
    private final UndoStack undo;
    private Link link;
    private @Nullable PortBaseline before;

    private PortGround(Link link, Interfaces interfaces, PortBaselines baselines, UndoStack undo) {
        this.link = link;
        this.interfaces = interfaces;
        this.baselines = baselines;
        this.undo = undo;
    }

    /**
     * Makes sure that an interface is there, may be used, and is used by no other path.
     *
     * @param context file, line, column and key, for the message
     * @throws StartException when it may not be used, with the reason
     */
    static PortGround take(String name, String context, Interfaces interfaces, PortBaselines baselines)
            throws StartException {
        Optional<PortGround> taken = takeIfThere(name, context, interfaces, baselines);
        if (taken.isEmpty()) {
            throw doesNotExist(name, context, interfaces);
        }
        return taken.get();
    }

    /**
     * As {@link #take}; empty when there is no such interface, of which nothing is taken then.
     *
     * @throws StartException when it is there and may not be used, with the reason
     */
    static Optional<PortGround> takeIfThere(String name, String context, Interfaces interfaces, PortBaselines baselines)
            throws StartException {
        UndoStack undo = new UndoStack();
        try {
            lock(name, context, undo);
            Optional<Link> link = interfaces.links().list().stream()
                    .filter(present -> present.name().equals(name))
                    .findFirst();
            if (link.isEmpty()) {
                undo.close();
                return Optional.empty();
            }
            LinkPreparation.requireUsable(link.get(), interfaces, context);
            return Optional.of(new PortGround(link.get(), interfaces, baselines, undo));
        } catch (StartException | RuntimeException e) {
            undo.close();
            throw e;
        }
    }

    /**
     * Makes an interface as it was before a path took it that did not give it back.
     *
     * @param link as it is now, whatever its name; empty when it is gone
     * @throws StartException when a path of some daemon uses it
     */
    static void giveBack(int ifindex, Optional<Link> link, Interfaces interfaces, PortBaselines baselines)
            throws StartException, IOException {
        if (link.isEmpty()) {
            baselines.forget(ifindex);
            return;
        }
        InterfaceLock lock = InterfaceLock.take(link.get().name());
        try {
            if (baselines.find(link.get()).isEmpty()) {
                baselines.forget(ifindex);
                return;
            }
            PortGround left = new PortGround(link.get(), interfaces, baselines, new UndoStack());
            left.prepare(link.get().mtu());
            left.close();
        } finally {
            lock.close();
        }
        LOG.info(
                "{}: as it was before a daemon used it that did not end cleanly",
                link.get().name());
    }

    /** Takes the right to use a name in this network namespace. */
    static void lock(String name, String context, UndoStack undo) throws StartException {
        try {
            InterfaceLock lock = InterfaceLock.take(name);
            undo.push("lock of " + name, lock::close);
        } catch (StartException e) {
            throw new StartException(context + ": " + name + ": " + e.getMessage());
        }
    }

    static StartException doesNotExist(String name, String context, Interfaces interfaces) {
        return new StartException(context + ": interface " + name + " does not exist; " + present(interfaces));
    }

    /** Which interfaces there are instead, for a message. */
    static String present(Interfaces interfaces) {
        return "this machine has "
                + interfaces.links().list().stream().map(Link::name).sorted().collect(Collectors.joining(", "));
    }

    /**
     * Takes the interface over; one that was taken over before is made larger at most.
     *
     * @param neededMtu raised to this when it is smaller
     */
    void prepare(int neededMtu) throws IOException {
        PortBaseline known = before;
        if (known == null) {
            known = silence();
            link = LinkPreparation.bringUp(link, neededMtu, known, interfaces, undo);
            before = known;
        } else if (link.mtu() < neededMtu) {
            link = LinkPreparation.bringUp(link, neededMtu, known, interfaces, undo);
        }
    }

    /** What is kept is kept before anything is changed, and forgotten after all was given back. */
    private PortBaseline silence() throws IOException {
        Optional<PortBaseline> kept = baselines.find(link);
        PortBaseline known = kept.isPresent() ? kept.get() : PortBaseline.of(link, interfaces);
        baselines.keep(link, known);
        undo.push("what is kept of " + link.name(), () -> baselines.forget(link.index()));
        LinkPreparation.silence(link, known, interfaces, undo);
        Offloads.receiveAsSent(link, known.merging(), interfaces.features(), undo);
        return known;
    }

    /** Sees to it that a successor knows how the interface was, whatever became of what was kept. */
    void keepBaseline() {
        if (before != null) {
            baselines.keep(link, before);
        }
    }

    /** The interface as it was when it was last looked at. */
    Link link() {
        return link;
    }

    MacAddress address() {
        return Objects.requireNonNull(link.address(), "an Ethernet interface has an address");
    }

    @Override
    public void close() {
        undo.close();
    }
}
