package net.twinpath.daemon.apply;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import net.twinpath.config.InterfaceAddress;
import net.twinpath.config.PathSettings;
import net.twinpath.daemon.StartException;
import net.twinpath.duppath.port.PortSettings;
import net.twinpath.linux.ErrnoException;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.MacAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The interfaces of one path, made ready for it: the links silenced and taken over, and the interface that the host's
 * applications use (one end of a veth pair) with the port at its other end. Closing gives everything back as it was.
 */
public final class PathGround implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("apply");

    /** What PRP adds to a frame. */
    private static final int TRAILER_BYTES = 6;

    /** Marks the interfaces we make, so that a daemon that was killed leaves nothing its successor does not know. */
    private static final String ALIAS = "twinpath path ";

    private static final int DEFAULT_MTU = 1500;
    private static final int LEAST_MTU = 576;
    private static final int LEAST_IPV6_MTU = 1280;

    private final PathSettings settings;
    private final Interfaces interfaces;
    private final UndoStack undo;
    private final List<Link> links = new ArrayList<>();
    private final int mtu;
    private final MacAddress ownMac;
    private final Link host;
    private final Link inside;

    private PathGround(PathSettings settings, Interfaces interfaces, UndoStack undo)
            throws StartException, IOException {
        this.settings = settings;
        this.interfaces = interfaces;
        this.undo = undo;
        lockInterfaces();
        for (int place = 0; place < settings.links().size(); place++) {
            links.add(findLink(place));
        }
        mtu = pathMtu();
        ownMac = Objects.requireNonNull(links.get(0).address(), "an Ethernet interface has an address");
        for (int place = 0; place < links.size(); place++) {
            links.set(place, LinkPreparation.prepare(links.get(place), linkMtu(), interfaces, undo));
        }
        removeLeftover();
        HostInterface made = HostInterface.make(settings, mtu, ownMac, ALIAS + settings.name(), interfaces, undo);
        host = made.host();
        inside = made.inside();
    }

    /**
     * Makes a path's interfaces ready.
     *
     * @throws StartException when that is not possible, in one line; everything is as it was then
     */
    public static PathGround prepare(PathSettings settings, Interfaces interfaces) throws StartException {
        UndoStack undo = new UndoStack();
        try {
            return new PathGround(settings, interfaces, undo);
        } catch (NetlinkException | ErrnoException | IOException e) {
            undo.close();
            throw new StartException(settings.source() + ": path." + settings.name() + ": " + e.getMessage());
        } catch (StartException e) {
            undo.close();
            throw e;
        }
    }

    private void lockInterfaces() throws StartException {
        lock(settings.name(), settings.source() + ": path." + settings.name());
        for (int place = 0; place < settings.links().size(); place++) {
            lock(settings.links().get(place), linkContext(place));
        }
    }

    private void lock(String interfaceName, String context) throws StartException {
        try {
            InterfaceLock lock = InterfaceLock.take(interfaceName);
            undo.push("lock of " + interfaceName, lock::close);
        } catch (StartException e) {
            throw new StartException(context + ": " + interfaceName + ": " + e.getMessage());
        }
    }

    /** {@code FILE:LINE:COLUMN: path.NAME.links}. */
    private String linkContext(int place) {
        return settings.linkSources().get(place) + ": path." + settings.name() + ".links";
    }

    private Link findLink(int place) throws StartException {
        String name = settings.links().get(place);
        List<Link> present = interfaces.links().list();
        for (Link link : present) {
            if (link.name().equals(name)) {
                LinkPreparation.requireUsable(link, interfaces, linkContext(place));
                return link;
            }
        }
        String names = present.stream().map(Link::name).sorted().collect(Collectors.joining(", "));
        throw new StartException(
                linkContext(place) + ": interface " + name + " does not exist; this machine has " + names);
    }

    /** The configured MTU, or the largest the links carry now, so that no link must be changed. */
    private int pathMtu() throws StartException {
        int smallest = links.stream().mapToInt(Link::mtu).min().orElseThrow();
        int allowed = settings.mtu().orElse(Math.min(DEFAULT_MTU, smallest - TRAILER_BYTES));
        boolean ipv6 = settings.addresses().stream().anyMatch(InterfaceAddress::isIpv6);
        int least = ipv6 ? LEAST_IPV6_MTU : LEAST_MTU;
        if (allowed < least) {
            throw new StartException(
                    settings.source() + ": path." + settings.name() + ": a link's MTU of " + smallest + " leaves "
                            + allowed + " for the path, which needs " + least + "; set mtu to have the links raised");
        }
        return allowed;
    }

    private void removeLeftover() throws StartException {
        for (String name : List.of(settings.name(), settings.peerName())) {
            Link found = interfaces.links().find(name).orElse(null);
            if (found == null) {
                continue;
            }
            if (!(ALIAS + settings.name()).equals(found.alias())) {
                throw new StartException(settings.source() + ": path." + settings.name() + ": an interface " + name
                        + " exists that twinpath did not make; remove it or give the path another name");
            }
            LOG.info("{}: removing what a daemon that did not end cleanly left", name);
            interfaces.links().delete(found.name());
        }
    }

    /** Lets applications send: called when the data path is open. */
    public void admitTraffic() throws StartException {
        try {
            HostInterface.admit(host, settings.addresses(), interfaces);
        } catch (NetlinkException e) {
            throw new StartException(settings.source() + ": path." + settings.name() + ": " + e.getMessage());
        }
    }

    /** Takes the applications' interface down: called before the data path closes. */
    public void stopTraffic() {
        try {
            interfaces.links().setDown(host);
        } catch (NetlinkException e) {
            LOG.debug("{}", e.getMessage());
        }
    }

    public MacAddress ownMac() {
        return ownMac;
    }

    /** Octets of payload the path carries. */
    public int mtu() {
        return mtu;
    }

    /** The port opposite the applications' interface. */
    public PortSettings inside() {
        return port(inside);
    }

    /** LAN A, LAN B. */
    public List<PortSettings> links() {
        return links.stream().map(PathGround::port).toList();
    }

    private static PortSettings port(Link link) {
        return new PortSettings(link.name(), link.index(), link.mtu());
    }

    /** Octets of payload a link must carry: the path's and the trailer. */
    public int linkMtu() {
        return mtu + TRAILER_BYTES;
    }

    /** Whether both ends of the applications' interface are switched on now. */
    public boolean isInsideUp() {
        return find(host.index()).map(Link::isUp).orElse(false)
                && find(inside.index()).map(Link::isUp).orElse(false);
    }

    /** An interface as it is now; empty when it is gone. */
    public Optional<Link> find(int ifindex) {
        return interfaces.links().list().stream()
                .filter(link -> link.index() == ifindex)
                .findFirst();
    }

    @Override
    public void close() {
        undo.close();
    }
}
