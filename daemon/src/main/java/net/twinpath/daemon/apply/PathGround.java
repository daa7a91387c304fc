package net.twinpath.daemon.apply;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.twinpath.config.Format;
import net.twinpath.config.Inside;
import net.twinpath.config.LinkSettings;
import net.twinpath.config.PathSettings;
import net.twinpath.config.value.InterfaceAddress;
import net.twinpath.daemon.StartException;
import net.twinpath.duppath.port.PortSettings;
import net.twinpath.linux.ErrnoException;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.ethtool.LinkStatus;
import net.twinpath.netlink.route.Link;
import net.twinpath.netlink.route.MacAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The interfaces of one path, made ready for it: the links silenced and taken over, and the inside port: a real
 * interface, or one end of a veth pair whose other end the host's applications use. Closing gives everything back as it
 * was.
 */
public final class PathGround implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("apply");

    /** Marks the interfaces we make, so that a daemon that was killed leaves nothing its successor does not know. */
    static final String ALIAS = "twinpath path ";

    private static final int DEFAULT_MTU = 1500;
    private static final int LEAST_MTU = 576;
    private static final int LEAST_IPV6_MTU = 1280;

    private final Interfaces interfaces;
    private final PortBaselines baselines;
    private final UndoStack undo = new UndoStack();
    private final UndoStack insideUndo = new UndoStack();
    private final Map<String, PortGround> links = new LinkedHashMap<>();
    private PathSettings settings;
    private final int mtu;
    private final MacAddress ownMac;
    private @Nullable Link host;
    private Link inside;

    private PathGround(PathSettings settings, Interfaces interfaces, PortBaselines baselines)
            throws StartException, IOException {
        this.settings = settings;
        this.interfaces = interfaces;
        this.baselines = baselines;
        try {
            PortGround.lock(settings.name(), context(settings), undo);
            for (LinkSettings link : settings.links()) {
                take(link);
            }
            PortGround gateway = takeGateway();
            mtu = gateway == null
                    ? hostMtu()
                    : settings.mtu().orElse(gateway.link().mtu());
            ownMac = links.values().iterator().next().address();
            for (LinkSettings link : settings.links()) {
                ground(link).prepare(linkMtu(link));
            }
            inside = gateway == null ? makeHostInterface() : prepareGateway(gateway);
        } catch (StartException | IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Makes a path's interfaces ready.
     *
     * @throws StartException when that is not possible, in one line; everything is as it was then
     */
    public static PathGround prepare(PathSettings settings, Interfaces interfaces, PortBaselines baselines)
            throws StartException {
        try {
            return new PathGround(settings, interfaces, baselines);
        } catch (NetlinkException | ErrnoException | IOException e) {
            throw new StartException(context(settings) + ": " + e.getMessage());
        }
    }

    /** {@code FILE:LINE:COLUMN: path.NAME}. */
    private static String context(PathSettings settings) {
        return settings.source() + ": path." + settings.name();
    }

    private void take(LinkSettings link) throws StartException {
        String context = link.source() + ": path." + settings.name() + ".links";
        links.put(link.interfaceName(), PortGround.take(link.interfaceName(), context, interfaces, baselines));
    }

    private @Nullable PortGround takeGateway() throws StartException {
        if (!(settings.inside() instanceof Inside.Gateway gateway)) {
            return null;
        }
        String context = gateway.source() + ": path." + settings.name() + ".inside";
        PortGround taken = PortGround.take(gateway.interfaceName(), context, interfaces, baselines);
        insideUndo.push("inside port", taken::close);
        return taken;
    }

    private Link prepareGateway(PortGround gateway) throws IOException {
        gateway.prepare(mtu);
        return gateway.link();
    }

    private Link makeHostInterface() throws StartException, IOException {
        String alias = ALIAS + settings.name();
        Optional<HostInterface> left = HostInterface.goOn(settings, mtu, ownMac, alias, interfaces, insideUndo);
        if (left.isEmpty()) {
            removeLeftover();
        }
        HostInterface made = left.isPresent()
                ? left.get()
                : HostInterface.make(settings, mtu, ownMac, alias, interfaces, insideUndo);
        host = made.host();
        return made.inside();
    }

    private PortGround ground(LinkSettings link) {
        PortGround ground = links.get(link.interfaceName());
        if (ground == null) {
            throw new IllegalStateException(link.interfaceName() + " was not taken");
        }
        return ground;
    }

    /** The configured MTU, or 1500, or less where the links carry less now, so that no link must be changed. */
    private int hostMtu() throws StartException {
        int smallest = settings.links().stream()
                .mapToInt(link -> ground(link).link().mtu() - link.overheadBytes())
                .min()
                .orElseThrow();
        int allowed = settings.mtu().orElse(Math.min(DEFAULT_MTU, smallest));
        boolean ipv6 = settings.addresses().stream().anyMatch(InterfaceAddress::isIpv6);
        int least = ipv6 ? LEAST_IPV6_MTU : LEAST_MTU;
        if (allowed < least) {
            throw new StartException(context(settings) + ": the links' MTU leaves " + allowed
                    + " for the path, which needs " + least + "; set mtu to have the links raised");
        }
        return allowed;
    }

    /** Octets of payload a link must carry: the path's and its marks, as far as the format can express them. */
    public int linkMtu(LinkSettings link) {
        int payload = settings.format() == Format.PRP ? Math.min(mtu, Format.PRP.maxMtu()) : mtu;
        return payload + link.overheadBytes();
    }

    private void removeLeftover() throws StartException {
        for (String name : List.of(settings.name(), settings.peerName())) {
            Link found = interfaces.links().find(name).orElse(null);
            if (found == null) {
                continue;
            }
            if (!(ALIAS + settings.name()).equals(found.alias())) {
                throw new StartException(context(settings) + ": an interface " + name
                        + " exists that twinpath did not make; remove it or give the path another name");
            }
            LOG.info("{}: removing what a daemon that did not end cleanly left", name);
            interfaces.links().delete(found.name());
        }
    }

    /** Lets applications send: called when the data path is open. */
    public void admitTraffic() throws StartException {
        try {
            if (host != null) {
                HostInterface.admit(host, settings.addresses(), interfaces);
            }
        } catch (NetlinkException e) {
            throw new StartException(context(settings) + ": " + e.getMessage());
        }
    }

    /** Takes the applications' interface down: called before the data path closes. */
    public void stopTraffic() {
        try {
            if (host != null) {
                interfaces.links().setDown(host);
            }
        } catch (NetlinkException e) {
            LOG.debug("{}", e.getMessage());
        }
    }

    /**
     * Makes the links ready that other settings of this path name and that are not taken yet; those they do not name
     * stay taken until {@link #releaseUnused}.
     *
     * @throws StartException when that is not possible; all is as it was then
     */
    public void takeLinks(PathSettings now) throws StartException {
        List<String> taken = new ArrayList<>();
        PathSettings before = settings;
        settings = now;
        try {
            for (LinkSettings link : now.links()) {
                if (!isTaken(link.interfaceName())) {
                    take(link);
                    taken.add(link.interfaceName());
                }
                ground(link).prepare(linkMtu(link));
            }
        } catch (StartException | NetlinkException | ErrnoException | IOException e) {
            settings = before;
            taken.forEach(this::release);
            throw e instanceof StartException refused
                    ? refused
                    : new StartException(context(now) + ": " + e.getMessage());
        }
    }

    private boolean isTaken(String name) {
        PortGround ground = links.get(name);
        return ground != null && !ground.isClosed();
    }

    /** Gives back the links that the settings do not name any more. */
    public void releaseUnused() {
        List<String> names = settings.linkNames();
        links.keySet().stream().filter(name -> !names.contains(name)).toList().forEach(this::release);
    }

    /**
     * Takes a link anew that was removed from the machine and is there again.
     *
     * @throws StartException when that is not possible; it counts as removed then
     */
    public void retake(LinkSettings link) throws StartException {
        ground(link).close();
        take(link);
        try {
            ground(link).prepare(linkMtu(link));
        } catch (NetlinkException | ErrnoException | IOException e) {
            ground(link).close();
            throw new StartException(link.source() + ": path." + settings.name() + ".links: " + e.getMessage());
        }
    }

    /**
     * Gives the path its inside port again when that was removed from the machine: the applications' interface is made
     * anew; a gateway's is taken once it is there.
     *
     * @return false while there is none to take
     * @throws StartException when it cannot be used
     */
    public boolean remakeInside() throws StartException {
        if (settings.inside() instanceof Inside.Gateway gateway
                && interfaces.links().find(gateway.interfaceName()).isEmpty()) {
            return false;
        }
        insideUndo.close();
        try {
            PortGround gateway = takeGateway();
            inside = gateway == null ? makeHostInterface() : prepareGateway(gateway);
            return true;
        } catch (NetlinkException | ErrnoException | IOException e) {
            insideUndo.close();
            throw new StartException(context(settings) + ": " + e.getMessage());
        }
    }

    /** A link that the settings name stays known as it was last. */
    private void release(String name) {
        PortGround ground = links.get(name);
        if (ground != null) {
            ground.close();
        }
        if (!settings.linkNames().contains(name)) {
            links.remove(name);
        }
    }

    /**
     * Switches those offloads off again that merge frames, when somebody has switched them on.
     *
     * @return whether there were any
     */
    public boolean repairOffloads() {
        boolean changed = false;
        try {
            if (host != null) {
                changed = Offloads.finishFrames(host, settings.superFrames(), interfaces.features());
            }
            changed |= Offloads.receiveAsSent(inside, interfaces.features(), insideUndo);
            for (PortGround link : links.values()) {
                changed |= Offloads.receiveAsSent(link.link(), interfaces.features(), undo);
            }
        } catch (NetlinkException e) {
            LOG.warn("{}: {}", settings.name(), e.getMessage());
        }
        return changed;
    }

    public MacAddress ownMac() {
        return ownMac;
    }

    /** Octets of payload the path carries. */
    public int mtu() {
        return mtu;
    }

    /** The port opposite the applications' interface, or the gateway's. */
    public PortSettings inside() {
        return new PortSettings(inside.name(), inside.index(), inside.mtu(), 0);
    }

    /** The interfaces that must be up for frames to come from inside. */
    public List<Link> insideInterfaces() {
        return host == null ? List.of(inside) : List.of(host, inside);
    }

    /** LAN A, LAN B, and so on. */
    public List<PortSettings> links() {
        return settings.links().stream()
                .map(link -> {
                    Link now = ground(link).link();
                    return new PortSettings(
                            now.name(), now.index(), now.mtu(), link.vlan().orElse(0));
                })
                .toList();
    }

    /** The interface that now has a name; empty when there is none. */
    public Optional<Link> find(String name) {
        return interfaces.links().find(name);
    }

    /** What each of the interfaces that the path uses must carry, octets of payload, by its name. */
    public Map<String, Integer> leastMtus() {
        Map<String, Integer> least = new HashMap<>();
        for (LinkSettings link : settings.links()) {
            if (isTaken(link.interfaceName())) {
                least.put(link.interfaceName(), linkMtu(link));
            }
        }
        if (host == null) {
            least.put(inside.name(), mtu);
        }
        return least;
    }

    /** An interface as it is now; empty when it is gone. */
    public Optional<Link> find(int ifindex) {
        return interfaces.links().list().stream()
                .filter(link -> link.index() == ifindex)
                .findFirst();
    }

    /** What the hardware tells of an interface's cable; empty when the interface has gone meanwhile. */
    public Optional<LinkStatus> cable(Link link) {
        try {
            return Optional.of(interfaces.linkStatus().read(link));
        } catch (NetlinkException e) {
            LOG.debug("{}", e.getMessage());
            return Optional.empty();
        }
    }

    /** What links of the path have in common, so that one failure may take several of them. */
    public List<SharedPart> sharedParts() {
        try {
            return LinkIndependence.sharedParts(
                    settings.linkNames(), interfaces.links().list(), SysfsDevices.ofThisMachine());
        } catch (NetlinkException e) {
            LOG.warn("{}: whether the links are independent is not known: {}", settings.name(), e.getMessage());
            return List.of();
        }
    }

    @Override
    public void close() {
        insideUndo.close();
        undo.close();
        List.copyOf(links.keySet()).forEach(this::release);
    }
}
