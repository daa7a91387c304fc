package net.twinpath.daemon.machine;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import jnr.constants.platform.Errno;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.ethtool.ChannelCounts;
import net.twinpath.netlink.ethtool.Channels;
import net.twinpath.netlink.ethtool.CoalesceParameters;
import net.twinpath.netlink.ethtool.Coalescing;
import net.twinpath.netlink.ethtool.Feature;
import net.twinpath.netlink.ethtool.Features;
import net.twinpath.netlink.ethtool.Pause;
import net.twinpath.netlink.ethtool.PauseParameters;
import net.twinpath.netlink.ethtool.RingSizes;
import net.twinpath.netlink.ethtool.Rings;
import net.twinpath.netlink.route.Link;
import org.jspecify.annotations.Nullable;

/** What ethtool tells and sets of interfaces, as settings. */
final class EthtoolDevices {
    private static final String MICROSECONDS = "us";

    private final Features features;
    private final Channels channels;
    private final Rings rings;
    private final Coalescing coalescing;
    private final Pause pause;

    /** Works over a socket of {@code NETLINK_GENERIC} that has joined no group. */
    EthtoolDevices(NetlinkSocket socket) {
        features = new Features(socket);
        channels = new Channels(socket);
        rings = new Rings(socket);
        coalescing = new Coalescing(socket);
        pause = new Pause(socket);
    }

    /** Reads the groups of which anything is named; what the driver does not have is left out. */
    void describe(Link link, Collection<Setting> interest, Settings to) {
        Set<Group> groups = EnumSet.noneOf(Group.class);
        interest.stream()
                .filter(setting -> setting.owner().equals(link.name()))
                .map(Setting::group)
                .forEach(groups::add);
        for (Group group : groups) {
            try {
                read(link, group).forEach((name, value) -> to.put(new Setting(link.name(), group, name), value));
            } catch (NetlinkException e) {
                if (!e.is(Errno.EOPNOTSUPP) && !e.is(Errno.ENODEV)) {
                    throw e;
                }
            }
        }
    }

    private Map<String, String> read(Link link, Group group) {
        Map<String, String> values = new HashMap<>();
        switch (group) {
            case OFFLOAD -> features.get(link).values().forEach(feature -> values.put(feature.name(), state(feature)));
            case CHANNELS -> {
                ChannelCounts counts = channels.get(link);
                put(values, DeviceSetting.COMBINED, counts.combined(), "");
                put(values, DeviceSetting.RECEIVE, counts.receive(), "");
                put(values, DeviceSetting.TRANSMIT, counts.transmit(), "");
            }
            case RING -> {
                RingSizes sizes = rings.get(link);
                put(values, DeviceSetting.RECEIVE, sizes.receive(), "");
                put(values, DeviceSetting.TRANSMIT, sizes.transmit(), "");
            }
            case COALESCE -> read(coalescing.get(link), values);
            case PAUSE -> {
                PauseParameters parameters = pause.get(link);
                put(values, DeviceSetting.AUTONEGOTIATE, parameters.autonegotiate(), "");
                put(values, DeviceSetting.RECEIVE, parameters.receive(), "");
                put(values, DeviceSetting.TRANSMIT, parameters.transmit(), "");
            }
            default -> {}
        }
        return values;
    }

    /** What was asked for, which may wait for another feature to be in effect; else what is. */
    private static String state(Feature feature) {
        return Boolean.toString(feature.changeable() ? feature.wanted() : feature.active());
    }

    private static void read(CoalesceParameters parameters, Map<String, String> values) {
        put(values, DeviceSetting.RECEIVE, parameters.receiveUs(), MICROSECONDS);
        put(values, DeviceSetting.RECEIVE_FRAMES, parameters.receiveFrames(), "");
        put(values, DeviceSetting.TRANSMIT, parameters.transmitUs(), MICROSECONDS);
        put(values, DeviceSetting.TRANSMIT_FRAMES, parameters.transmitFrames(), "");
        put(values, DeviceSetting.ADAPTIVE_RECEIVE, parameters.adaptiveReceive(), "");
        put(values, DeviceSetting.ADAPTIVE_TRANSMIT, parameters.adaptiveTransmit(), "");
    }

    private static void put(Map<String, String> values, String name, @Nullable Object value, String unit) {
        if (value != null) {
            values.put(name, value + unit);
        }
    }

    /** Sets some of a group in one request. */
    void set(Link link, Group group, SortedMap<String, String> values) throws MachineException {
        switch (group) {
            case OFFLOAD -> setFeatures(link, values);
            case CHANNELS ->
                channels.set(
                        link,
                        new ChannelCounts(
                                number(values, DeviceSetting.RECEIVE),
                                number(values, DeviceSetting.TRANSMIT),
                                number(values, DeviceSetting.COMBINED)));
            case RING ->
                rings.set(
                        link,
                        new RingSizes(number(values, DeviceSetting.RECEIVE), number(values, DeviceSetting.TRANSMIT)));
            case COALESCE ->
                coalescing.set(
                        link,
                        new CoalesceParameters(
                                number(values, DeviceSetting.RECEIVE),
                                number(values, DeviceSetting.RECEIVE_FRAMES),
                                number(values, DeviceSetting.TRANSMIT),
                                number(values, DeviceSetting.TRANSMIT_FRAMES),
                                flag(values, DeviceSetting.ADAPTIVE_RECEIVE),
                                flag(values, DeviceSetting.ADAPTIVE_TRANSMIT)));
            case PAUSE ->
                pause.set(
                        link,
                        new PauseParameters(
                                flag(values, DeviceSetting.AUTONEGOTIATE),
                                flag(values, DeviceSetting.RECEIVE),
                                flag(values, DeviceSetting.TRANSMIT)));
            default -> throw new IllegalArgumentException(group + " is nothing that ethtool sets");
        }
    }

    /** The kernel takes what the driver cannot do without a word. */
    private void setFeatures(Link link, SortedMap<String, String> values) throws MachineException {
        Map<String, Boolean> wanted = new HashMap<>();
        values.forEach((name, value) -> wanted.put(name, Boolean.parseBoolean(value)));
        Set<String> unknown = new TreeSet<>(wanted.keySet());
        unknown.removeAll(features.get(link).keySet());
        if (!unknown.isEmpty()) {
            throw new MachineException(link.name() + " has no feature " + String.join(", ", unknown) + "; ethtool -k "
                    + link.name() + " lists those it has");
        }
        Set<String> refused = features.set(link, wanted);
        if (!refused.isEmpty()) {
            throw new MachineException("the driver of " + link.name() + " does not switch " + String.join(", ", refused)
                    + ", or another feature decides over it");
        }
    }

    private static @Nullable Long number(SortedMap<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            return null;
        }
        return Long.valueOf(value.endsWith(MICROSECONDS) ? value.substring(0, value.length() - 2) : value);
    }

    private static @Nullable Boolean flag(SortedMap<String, String> values, String name) {
        String value = values.get(name);
        return value == null ? null : Boolean.valueOf(value);
    }
}
