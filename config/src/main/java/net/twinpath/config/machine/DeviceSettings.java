package net.twinpath.config.machine;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import net.twinpath.config.value.InterfaceAddress;

/**
 * What every network device has, whether it is a bond, a VLAN or a real one.
 *
 * @param mtu largest packet, in bytes; empty: as it is
 * @param mac its MAC address, the first byte in bits 47 to 40; empty: as it is
 * @param addresses it shall have, all different; may be empty
 * @param offloads features of the kernel by name, such as {@code rx-gro}, and whether each is on; may be empty
 */
public record DeviceSettings(
        OptionalInt mtu, OptionalLong mac, List<InterfaceAddress> addresses, SortedMap<String, Boolean> offloads) {
    public DeviceSettings {
        addresses = List.copyOf(addresses);
        offloads = Collections.unmodifiableSortedMap(new TreeMap<>(offloads));
    }

    /** What holds when no key is given. */
    public static DeviceSettings untouched() {
        return new DeviceSettings(OptionalInt.empty(), OptionalLong.empty(), List.of(), new TreeMap<>());
    }
}
