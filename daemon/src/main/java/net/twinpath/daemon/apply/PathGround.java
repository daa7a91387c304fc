package net.twinpath.daemon.apply;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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
 * interface, or one end of a veth pair whose other end the host's applications use. A link may be missing from the machine
 * and is taken when it comes. Closing gives everything that was taken back as it was.
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
    private @Nullable PortGround gatewayPort;

    /** Those that were taken, by their names, in the order of the settings at first. */
    private final Map<String, PortGround> links = new LinkedHashMap<>();

    private PathSettings settings;
    private final int mtu;
    private final MacAddress ownMac;
    private @Nullable Link host;
    private Link inside;

    private PathGround(
            PathSettings settings,
            Interfaces interfaces,
            PortBaselines baselines,
            Optional<MacAddress> formerMac,
            Predicate<String> mayBeMissing)
            throws StartException, IOException {
        this.settings = settings;
        this.interfaces = interfaces;
        this.baselines = baselines;
        try {
            PortGround.lock(settings.name(), context(settings), undo);
            for (LinkSettings link : settings.links()) {
                take(link, mayBeMissing);
            }
            if (links.isEmpty()) {
                throw noLinkIsThere(settings, interfaces);
            }
            PortGround port = takeGateway();
            mtu = port == null ? hostMtu() : settings.mtu().orElse(port.link().mtu());
            ownMac = chooseMac(formerMac);
            for (LinkSettings link : settings.links()) {
                if (isTaken(link)) {
                    ground(link).prepare(linkMtu(link));
                } else {
                    LOG.warn(
                            "{}: interface {} does not exist; {} starts without it, and takes it in when it comes",
                            context(settings, link),
                            link.interfaceName(),
                            settings.name());
                }
            }
            inside = port == null ? makeHostInterface() : prepareGateway(port);
        } catch (StartException | IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Makes a path's interfaces ready.
     *
     * @param formerMac    the path's address while the daemon ran that has handed it over
     * @param mayBeMissing whether the path starts without the link of a name as long as that is not there; one that is there
     *                     must be usable
     * @throws StartException when that is not possible, or none of the links is there, in one line; everything is as it was
     *     then
     */
    public static PathGround prepare(
            PathSettings settings,
            Interfaces interfaces,
            PortBaselines baselines,
            Optional<MacAddress> formerMac,
            Predicate<String> mayBeMissing)
            throws StartException {
        try {
            return new PathGround(settings, interfaces, baselines, formerMac, mayBeMissing);
        } catch (NetlinkException | ErrnoException | IOException e) {
            throw new StartException(context(settings) + ": " + e.getMessage());
        }
    }

    /** {@code FILE:LINE:COLUMN: path.NAME}. */
    static String context(PathSettings settings) {
        return settings.source() + ": path." + settings.name();
    }

    /** {@code FILE:LINE:COLUMN: path.NAME.links}. */
    static String context(PathSettings settings, LinkSettings link) {
        return link.source() + ": path." + settings.name() + ".links";
    }

    /** {@code FILE:LINE:COLUMN: path.NAME.inside}. */
    static String context(PathSettings settings, Inside.Gateway gateway) {
        return gateway.source() + ": path." + settings.name() + ".inside";
    }

    static StartException noLinkIsThere(PathSettings settings, Interfaces interfaces) {
        return new StartException(context(settings, settings.links().get(0)) + ": none of its links is there ("
                + String.join(", ", settings.linkNames()) + "); " + PortGround.present(interfaces));
    }

    private void take(LinkSettings link, Predicate<String> mayBeMissing) throws StartException {
        String name = link.interfaceName();
        String context = context(settings, link);
        if (mayBeMissing.test(name)) {
            PortGround.takeIfThere(name, context, interfaces, baselines).ifPresent(taken -> links.put(name, taken));
        } else {
            links.put(name, PortGround.take(name, context, interfaces, baselines));
        }
    }

    private boolean isTaken(LinkSettings link) {
        return links.containsKey(link.interfaceName());
    }

    private boolean areAllTaken() {
        return settings.links().stream().allMatch(this::isTaken);
    }

    /**
     * All links send with the address of the first one that is there. Where a daemon has handed the path over, or was killed
     * and has left the applications' interface, the address stays, for neighbours and connections know it; also when the
     * link is gone whose it was, or another card is in its place.
     */
    private MacAddress chooseMac(Optional<MacAddress> formerMac) {
        return formerMac
                .or(() -> leftHost().map(Link::address))
                .filter(this::mayStay)
                .orElseGet(() -> links.values().iterator().next().address());
    }

    /** Not so when an interface has the address that is the path's no more. */
    private boolean mayStay(MacAddress former) {
        List<String> ours = List.of(settings.name(), settings.peerName());
        return links.values().stream().anyMatch(link -> link.address().equals(former))
                || interfaces.links().list().stream()
                        .noneMatch(other -> former.equals(other.address()) && !ours.contains(other.name()));
    }

    /** The applications' interface, as a daemon has left it. */
    private Optional<Link> leftHost() {
        return interfaces
                .links()
                .find(settings.name())
                .filter(found -> (ALIAS + settings.name()).equals(found.alias()));
    }

    /** Sees to it that a successor knows how the interfaces were: called before the path is left to it. */
    public void keepBaselines() {
        links.values().forEach(PortGround::keepBaseline);
        if (gatewayPort != null) {
            gatewayPort.keepBaseline();
        }
    }

    private @Nullable PortGround takeGateway() throws StartException {
        if (!(settings.inside() instanceof Inside.Gateway gateway)) {
            return null;
        }
        PortGround taken = PortGround.take(gateway.interfaceName(), context(settings, gateway), interfaces, baselines);
        insideUndo.push("inside port", taken::close);
        gatewayPort = taken;
        return taken;
    }

    private Link prepareGateway(PortGround port) throws IOException {
        port.prepare(mtu);
        return port.link();
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

    /**
     * The configured MTU, or 1500, or less where the links that are there carry less now, so that none of them must be
     * changed. What one carries that is not there the applications' interface may tell that a daemon has left.
     */
    private int hostMtu() throws StartException {
        int smallest = settings.links().stream()
                .filter(this::isTaken)
                .mapToInt(link -> ground(link).link().mtu() - link.overheadBytes())
                .min()
                .orElseThrow();
        int largest = areAllTaken() ? DEFAULT_MTU : leftHost().map(Link::mtu).orElse(DEFAULT_MTU);
        int allowed = settings.mtu().orElse(Math.min(Math.min(DEFAULT_MTU, largest), smallest));
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
        Optional<String> objection = nameObjection(settings, interfaces.links().list());
        if (objection.isPresent()) {
            throw new StartException(objection.get());
        }
        for (String name : List.of(settings.name(), settings.peerName())) {
            if (interfaces.links().find(name).isPresent()) {
                LOG.info("{}: removing what a daemon that did not end cleanly left", name);
                interfaces.links().delete(name);
            }
        }
    }

    /** Why the interfaces a path makes cannot have their names; empty when they can, or when it makes none. */
    static Optional<String> nameObjection(PathSettings settings, List<Link> present) {
        return present.stream()
                .filter(link -> settings.inside() instanceof Inside.Host)
                .filter(link -> List.of(settings.name(), settings.peerName()).contains(link.name()))
                .filter(link -> !(ALIAS + settings.name()).equals(link.alias()))
                .findFirst()
                .map(link -> context(settings) + ": an interface " + link.name()
                        + " exists that twinpath did not make; remove it or give the path another name");
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
     * @param mayBeMissing as of {@link #prepare}
     * @throws StartException when that is not possible; all is as it was then
     */
    public void takeLinks(PathSettings now, Predicate<String> mayBeMissing) throws StartException {
        List<String> taken = new ArrayList<>();
        PathSettings before = settings;
        settings = now;
        try {
            for (LinkSettings link : now.links()) {
                String name = link.interfaceName();
                if (!isThere(name)) {
                    release(name);
                    take(link, mayBeMissing);
                    taken.add(name);
                }
                if (isTaken(link)) {
                    ground(link).prepare(linkMtu(link));
                }
            }
        } catch (StartException | NetlinkException | ErrnoException | IOException e) {
            settings = before;
            taken.forEach(this::release);
            throw e instanceof StartException refused
                    ? refused
                    : new StartException(context(now) + ": " + e.getMessage());
        }
    }

    /** Whether a link was taken whose interface was not removed since. */
    private boolean isThere(String name) {
        PortGround ground = links.get(name);
        return ground != null && find(ground.link().index()).isPresent();
    }

    /** Gives back the links that the settings do not name any more. */
    public void releaseUnused() {
        List<String> names = settings.linkNames();
        links.keySet().stream().filter(name -> !names.contains(name)).toList().forEach(this::release);
    }

    /**
     * Takes a link that has come, or was removed from the machine and is there again.
     *
     * @throws StartException when that is not possible; it counts as missing then
     */
    public void retake(LinkSettings link) throws StartException {
        release(link.interfaceName());
        take(link, name -> false);
        try {
            ground(link).prepare(linkMtu(link));
        } catch (NetlinkException | ErrnoException | IOException e) {
            release(link.interfaceName());
            throw new StartException(context(settings, link) + ": " + e.getMessage());
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
            PortGround port = takeGateway();
            inside = port == null ? makeHostInterface() : prepareGateway(port);
            return true;
        } catch (NetlinkException | ErrnoException | IOException e) {
            insideUndo.close();
            throw new StartException(context(settings) + ": " + e.getMessage());
        }
    }

    private void release(String name) {
        PortGround ground = links.remove(name);
        if (ground != null) {
            ground.close();
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
            for (Map.Entry<String, PortGround> link : links.entrySet()) {
                if (isThere(link.getKey())) {
                    changed |= Offloads.receiveAsSent(link.getValue().link(), interfaces.features(), undo);
                }
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

    /** LAN A, LAN B, and so on; an interface that is not there now has no index. */
    public List<PortSettings> links() {
        return settings.links().stream().map(this::port).toList();
    }

    private PortSettings port(LinkSettings link) {
        String name = link.interfaceName();
        int vlan = link.vlan().orElse(0);
        if (!isThere(name)) {
            return new PortSettings(name, PortSettings.ABSENT, linkMtu(link), vlan);
        }
        Link now = ground(link).link();
        return new PortSettings(now.name(), now.index(), now.mtu(), vlan);
    }

    /** The interface that now has a name; empty when there is none. */
    public Optional<Link> find(String name) {
        return interfaces.links().find(name);
    }

    /** What each of the interfaces that the path uses must carry, octets of payload, by its name. */
    public Map<String, Integer> leastMtus() {
        Map<String, Integer> least = new HashMap<>();
        for (LinkSettings link : settings.links()) {
            if (isTaken(link)) {
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
        return interfaces.links().find(ifindex);
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
