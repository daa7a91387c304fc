package net.twinpath.netlink.ethtool;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.twinpath.netlink.NetlinkMessage;
import net.twinpath.netlink.NetlinkRequest;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.Operation;
import net.twinpath.netlink.family.ethtool.BitsetAttrs;
import net.twinpath.netlink.family.ethtool.BitsetBitAttrs;
import net.twinpath.netlink.family.ethtool.BitsetBitsAttrs;
import net.twinpath.netlink.family.ethtool.Ethtool;
import net.twinpath.netlink.family.ethtool.FeaturesGetReply;
import net.twinpath.netlink.family.ethtool.FeaturesGetRequest;
import net.twinpath.netlink.family.ethtool.FeaturesSetRequest;
import net.twinpath.netlink.family.ethtool.HeaderAttrs;
import net.twinpath.netlink.generic.GenericFamily;
import net.twinpath.netlink.route.Link;
import org.jspecify.annotations.Nullable;

/** Reads and switches the offloads of interfaces. */
public final class Features {
    private final NetlinkSocket socket;
    private final int familyId;

    /**
     * Works over a socket of {@code NETLINK_GENERIC} that has joined no group.
     *
     * @throws net.twinpath.netlink.NetlinkException ENOENT when the kernel has no ethtool family
     */
    public Features(NetlinkSocket socket) {
        this.socket = socket;
        familyId = GenericFamily.resolve(socket, Ethtool.FAMILY_NAME).id();
    }

    /** All features the interface knows, by name. */
    public SortedMap<String, Feature> get(Link link) {
        FeaturesGetRequest request = new FeaturesGetRequest(familyId).header(header(link));
        List<NetlinkMessage> answer = socket.request(new Operation("read features of", link.name()), request, 0);
        SortedMap<String, Feature> features = new TreeMap<>();
        answer.stream().map(FeaturesGetReply::decode).forEach(reply -> decode(reply, features));
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
        socket.request(new Operation("set features of", link.name()), setRequest(familyId, link, wanted), 0);
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

    /** A bitset that lists names, without NOMASK, changes just the bits it lists. */
    static NetlinkRequest setRequest(int familyId, Link link, Map<String, Boolean> wanted) {
        List<BitsetBitAttrs> bits = new TreeMap<>(wanted)
                .entrySet().stream()
                        .map(entry -> BitsetBitAttrs.builder()
                                .name(entry.getKey())
                                .value(entry.getValue())
                                .build())
                        .toList();
        BitsetAttrs bitset = BitsetAttrs.builder()
                .bits(BitsetBitsAttrs.builder().bit(bits).build())
                .build();
        return new FeaturesSetRequest(familyId).header(header(link)).wanted(bitset);
    }

    static HeaderAttrs header(Link link) {
        return HeaderAttrs.builder().devIndex(link.index()).build();
    }

    private static void decode(FeaturesGetReply reply, Map<String, Feature> features) {
        Set<String> active = names(reply.active(), true);
        Set<String> wanted = names(reply.wanted(), true);
        Set<String> changeable = names(reply.hw(), true);
        changeable.removeAll(names(reply.nochange(), true));
        Set<String> all = names(reply.hw(), false);
        all.addAll(active);
        for (String name : all) {
            features.put(
                    name, new Feature(name, active.contains(name), wanted.contains(name), changeable.contains(name)));
        }
    }

    /** Names in a bitset; with {@code onlySet} those whose bit is 1, which with NOMASK are all it lists. */
    private static Set<String> names(@Nullable BitsetAttrs bitset, boolean onlySet) {
        Set<String> names = new HashSet<>();
        BitsetBitsAttrs bits = bitset == null ? null : bitset.bits();
        if (bitset == null || bits == null) {
            return names;
        }
        for (BitsetBitAttrs bit : bits.bit()) {
            String name = bit.name();
            if (name != null && (!onlySet || bitset.nomask() || bit.value())) {
                names.add(name);
            }
        }
        return names;
    }
}
