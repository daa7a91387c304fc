package net.twinpath.daemon.machine;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.twinpath.config.value.InterfaceAddress;
import net.twinpath.netlink.route.Address;
import org.jspecify.annotations.Nullable;

/**
 * An IP address of an interface as a setting: its name is the address with its prefix length, its value all else that the
 * kernel keeps of it, so that it can be put back just as it was: {@code scope=0 flags=128 broadcast=192.0.2.255}.
 */
final class AddressText {
    private AddressText() {}

    static String name(Address address) {
        return new InterfaceAddress(address.address(), address.prefixLength()).toString();
    }

    static InterfaceAddress parseName(String name) {
        int slash = name.indexOf('/');
        return new InterfaceAddress(literal(name.substring(0, slash)), Integer.parseInt(name.substring(slash + 1)));
    }

    static String value(Address address) {
        StringBuilder text = new StringBuilder()
                .append("scope=" + address.scope())
                .append(" flags=" + address.flags())
                .append(" metric=" + address.metric())
                .append(" protocol=" + address.protocol())
                .append(" valid=" + address.validS())
                .append(" preferred=" + address.preferredS());
        append(text, " peer=", address.peer(), InetAddress::getHostAddress);
        append(text, " broadcast=", address.broadcast(), InetAddress::getHostAddress);
        append(text, " label=", address.label(), label -> label);
        return text.toString();
    }

    private static <T> void append(StringBuilder text, String key, @Nullable T value, Function<T, String> write) {
        if (value != null) {
            text.append(key).append(write.apply(value));
        }
    }

    /** The address that name and value tell, of the interface with this index. */
    static Address parse(String name, String value, int interfaceIndex) {
        InterfaceAddress own = parseName(name);
        Map<String, String> details = Arrays.stream(value.split(" ", -1))
                .map(detail -> detail.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new Address(
                interfaceIndex,
                own.address(),
                own.prefixLength(),
                address(details.get("peer")),
                address(details.get("broadcast")),
                details.get("label"),
                (int) number(details, "scope"),
                number(details, "flags"),
                number(details, "metric"),
                (int) number(details, "protocol"),
                number(details, "valid"),
                number(details, "preferred"));
    }

    private static long number(Map<String, String> details, String key) {
        return Long.parseLong(details.getOrDefault(key, "0"));
    }

    private static @Nullable InetAddress address(@Nullable String literal) {
        return literal == null ? null : literal(literal);
    }

    /** A literal is not looked up. */
    private static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + " is no IP address", e);
        }
    }

    /** Whether the kernel gives it by itself, and takes it again. */
    static boolean isAutomatic(Address address) {
        boolean ipv6 = !(address.address() instanceof Inet4Address);
        return ipv6 && (address.address().isLinkLocalAddress() || address.validS() != Address.FOREVER);
    }
}
