package net.twinpath.daemon.apply;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.twinpath.netlink.route.Link;

/**
 * Finds links that are not independent of each other: a path over such links protects less than it seems to. Where
 * several things are shared, the nearest to the links is told; the others follow from it.
 */
public final class LinkIndependence {
    private LinkIndependence() {}

    /**
     * Compares every two links of a path.
     *
     * @param names   of the path's links; those that are not present are passed over
     * @param present all interfaces of this network namespace
     * @param devices what drives them
     * @return one for every pair of links that are not independent, in the order of {@code names}
     */
    public static List<SharedPart> sharedParts(List<String> names, List<Link> present, SysfsDevices devices) {
        List<LinkParts> links = names.stream()
                .flatMap(name -> present.stream().filter(link -> link.name().equals(name)))
                .map(link -> LinkParts.of(link, present))
                .toList();
        List<SharedPart> shared = new ArrayList<>();
        for (int second = 1; second < links.size(); second++) {
            for (int first = 0; first < second; first++) {
                shared(links.get(first), links.get(second), devices).ifPresent(shared::add);
            }
        }
        return shared;
    }

    private static Optional<SharedPart> shared(LinkParts first, LinkParts second, SysfsDevices devices) {
        return sharedInterface(first, second)
                .map(SharedInterface::sentence)
                .or(() -> sharedHardware(first, second, devices).map(SharedHardware::sentence))
                .map(sentence -> new SharedPart(name(first), name(second), sentence));
    }

    private static String name(LinkParts link) {
        return link.all().iterator().next().name();
    }

    private static Optional<SharedInterface> sharedInterface(LinkParts first, LinkParts second) {
        return first.all().stream()
                .flatMap(part -> second.find(part.id()).map(other -> new SharedInterface(part, other)).stream())
                .min(Comparator.comparingInt(SharedInterface::steps)
                        .thenComparingInt(SharedInterface::longerWay)
                        .thenComparing(shared -> shared.first().isMaster()));
    }

    private static Optional<SharedHardware> sharedHardware(LinkParts first, LinkParts second, SysfsDevices devices) {
        return hardware(first, devices).stream()
                .flatMap(part -> hardware(second, devices).stream()
                        .flatMap(other -> SharedHardware.between(part, other).stream()))
                .min(Comparator.comparing(SharedHardware::what));
    }

    private static List<HardwarePart> hardware(LinkParts link, SysfsDevices devices) {
        List<HardwarePart> hardware = new ArrayList<>();
        for (LinkPart part : link.all()) {
            Link present = part.link();
            if (present != null) {
                devices.find(present).ifPresent(device -> hardware.add(new HardwarePart(part, device)));
            }
        }
        return hardware;
    }
}
