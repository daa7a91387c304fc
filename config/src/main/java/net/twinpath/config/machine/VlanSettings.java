package net.twinpath.config.machine;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import net.twinpath.config.toml.TableSource;

/**
 * One table {@code [vlan.NAME]}: an interface whose frames have a tag on another one.
 *
 * @param name of the interface
 * @param link the interface its tagged frames go over: a real one, a bond, or another VLAN
 * @param id VLAN identifier, 1..4094
 * @param protocol of the tag
 * @param flags what else the kernel does
 * @param ingressPriority priority of the tag, 0..7, to the socket buffer's, 0..4294967295, for received frames
 * @param egressPriority the socket buffer's priority, 0..4294967295, to that of the tag, 0..7, for sent frames
 * @param device what every interface has
 * @param source where the table and its keys stand
 */
public record VlanSettings(
        String name,
        String link,
        int id,
        VlanProtocol protocol,
        VlanFlags flags,
        SortedMap<Integer, Long> ingressPriority,
        SortedMap<Long, Integer> egressPriority,
        DeviceSettings device,
        TableSource source) {
    public VlanSettings {
        ingressPriority = Collections.unmodifiableSortedMap(new TreeMap<>(ingressPriority));
        egressPriority = Collections.unmodifiableSortedMap(new TreeMap<>(egressPriority));
    }
}
