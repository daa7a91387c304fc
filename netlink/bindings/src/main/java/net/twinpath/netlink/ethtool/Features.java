package net.twinpath.netlink.ethtool;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.family.ethtool.FeaturesGetReply;
import net.twinpath.netlink.family.ethtool.FeaturesGetRequest;
import net.twinpath.netlink.family.ethtool.FeaturesSetRequest;
import net.twinpath.netlink.route.Link;

/** Reads and switches the offloads of interfaces. */
public final class Features {
    private final EthtoolFamily family;

    /**
     * Works over a socket of {@code NETLINK_GENERIC} that has joined no group.
     *
     * @throws net.twinpath.netlink.NetlinkException ENOENT when the kernel has no ethtool family
     */
    public Features(NetlinkSocket socket) {
        family = new EthtoolFamily(socket);
    }

    /** All features the interface knows, by name. */
    public SortedMap<String, Feature> get(Link link) {
        FeaturesGetRequest request = new FeaturesGetRequest(family.id()).header(EthtoolFamily.header(link));
        SortedMap<String, Feature> features = new TreeMap<>();
        family.request("read features of", link, request).stream()
                .map(FeaturesGetReply::decode)
                .forEach(reply -> decode(reply, features));
        return features;
    }

    /**
     * Switches features on or off; the others keep their state.
     *
     * @param wanted on or off by the kernel's name of the feature
     * @return names of those that are not in the wanted state now: the driver cannot switch them, or they need another
     *     one; empty when all are
     * @throws net.twinpath.netlink.NetlinkException EINVAL or EOPNOTSUPP when the kernel has no feature of such a name
     */
    public SortedSet<String> set(Link link, Map<String, Boolean> wanted) {
        FeaturesSetRequest request = new FeaturesSetRequest(family.id())
                .header(EthtoolFamily.header(link))
                .wanted(BitsetNames.changing(wanted));
        family.request("set features of", link, request);
        SortedMap<String, Feature> now = get(link);
        SortedSet<String> different = new TreeSet<>();
        wanted.forEach((name, on) -> {
            Feature feature = now.get(name);
            if (feature == null || feature.active() != on) {
                different.add(name);
            }
        });
        return different;
    }

    private static void decode(FeaturesGetReply reply, Map<String, Feature> features) {
        Set<String> active = BitsetNames.on(reply.active());
        Set<String> wanted = BitsetNames.on(reply.wanted());
        Set<String> changeable = BitsetNames.on(reply.hw());
        changeable.removeAll(BitsetNames.on(reply.nochange()));
        Set<String> all = BitsetNames.listed(reply.hw());
        all.addAll(active);
        for (String name : all) {
            features.put(
                    name, new Feature(name, active.contains(name), wanted.contains(name), changeable.contains(name)));
        }
    }
}
