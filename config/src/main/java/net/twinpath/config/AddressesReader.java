package net.twinpath.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import net.twinpath.config.toml.Quoted;
import net.twinpath.config.value.InterfaceAddress;

/** Makes {@link InterfaceAddress} of the elements of {@code address}. */
final class AddressesReader {
    /** RFC 8200 section 5. */
    static final int MIN_IPV6_MTU = 1280;

    private AddressesReader() {}

    static List<InterfaceAddress> read(TableReader table, ConfigOption option) {
        List<InterfaceAddress> addresses = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (TableReader.Element element : table.elements(option)) {
            String text = (String) element.value();
            InterfaceAddress address = InterfaceAddress.parse(text);
            if (seen.add(address.address())) {
                addresses.add(address);
            } else {
                table.report(option, element.position(), Quoted.of(text) + " is given twice; remove one");
            }
        }
        return addresses;
    }

    /** Reports an MTU with which an IPv6 address among the addresses would not work. */
    static void refuseSmallMtu(
            TableReader table, ConfigOption option, OptionalInt mtu, List<InterfaceAddress> addresses) {
        if (mtu.isPresent() && mtu.getAsInt() < MIN_IPV6_MTU) {
            addresses.stream()
                    .filter(InterfaceAddress::isIpv6)
                    .findFirst()
                    .ifPresent(address -> table.report(
                            option,
                            mtu.getAsInt() + " is too small for the IPv6 address " + address + "; IPv6 needs at least "
                                    + MIN_IPV6_MTU));
        }
    }
}
