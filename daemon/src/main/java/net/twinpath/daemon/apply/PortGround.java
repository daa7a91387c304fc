package net.twinpath.daemon.apply;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import net.twinpath.daemon.StartException;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.MacAddress;

/** A real interface a path has taken over, as a link or as a gateway's inside port. Closing gives it back as it was. */
final class PortGround implements AutoCloseable {
    private final Interfaces interfaces;
    private final UndoStack undo;
    private Link link;
    private boolean prepared;
    private boolean closed;

    private PortGround(Link link, Interfaces interfaces, UndoStack undo) {
        this.link = link;
        this.interfaces = interfaces;
        this.undo = undo;
    }

    /**
     * Makes sure that an interface is there, may be used, and is used by no other path.
     *
     * @param context file, line, column and key, for the message
     * @throws StartException when it may not be used, with the reason
     */
    static PortGround take(String name, String context, Interfaces interfaces) throws StartException {
        UndoStack undo = new UndoStack();
        try {
            lock(name, context, undo);
            Link link = find(name, context, interfaces);
            LinkPreparation.requireUsable(link, interfaces, context);
            return new PortGround(link, interfaces, undo);
        } catch (StartException | RuntimeException e) {
            undo.close();
            throw e;
        }
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

    private static Link find(String name, String context, Interfaces interfaces) throws StartException {
        List<Link> present = interfaces.links().list();
        for (Link link : present) {
            if (link.name().equals(name)) {
                return link;
            }
        }
        String names = present.stream().map(Link::name).sorted().collect(Collectors.joining(", "));
        throw new StartException(context + ": interface " + name + " does not exist; this machine has " + names);
    }

    /**
     * Takes the interface over; one that was taken over before is made larger at most.
     *
     * @param neededMtu raised to this when it is smaller
     */
    void prepare(int neededMtu) throws IOException {
        if (!prepared) {
            LinkPreparation.silence(link, interfaces, undo);
            Offloads.receiveAsSent(link, interfaces.features(), undo);
        }
        if (!prepared || link.mtu() < neededMtu) {
            link = LinkPreparation.bringUp(link, neededMtu, interfaces, undo);
        }
        prepared = true;
    }

    /** The interface as it was when it was last looked at. */
    Link link() {
        return link;
    }

    MacAddress address() {
        return Objects.requireNonNull(link.address(), "an Ethernet interface has an address");
    }

    /** Whether it was given back. */
    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        undo.close();
    }
}
