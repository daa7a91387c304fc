package net.twinpath.netlink.route;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.twinpath.netlink.family.rtlink.LinkinfoBondAttrs;
import org.jspecify.annotations.Nullable;

/**
 * Values of some options of a bond: all that the kernel told of one, or those that are to be set.
 *
 * <p>Immutable. To change a bond: {@code bonds.change(bond.link(), wanted.differingFrom(bond.options()))}; to take that
 * back: {@code bonds.change(bond.link(), bond.options().only(changed.options()))}.
 */
public final class BondOptions {
    /** No option has a value. */
    public static final BondOptions NONE = new BondOptions(Map.of());

    /** In the order of {@link BondOption#all}. */
    private final Map<BondOption<?>, Object> values;

    private BondOptions(Map<BondOption<?>, Object> values) {
        Map<BondOption<?>, Object> ordered = new LinkedHashMap<>();
        for (BondOption<?> option : BondOption.all()) {
            Object value = values.get(option);
            if (value != null) {
                ordered.put(option, value);
            }
        }
        this.values = ordered;
    }

    /** The value of an option; empty when it is not among these. */
    public <T> Optional<T> get(BondOption<T> option) {
        return Optional.ofNullable(value(option));
    }

    /** These, and this value for the option. */
    public <T> BondOptions with(BondOption<T> option, T value) {
        Map<BondOption<?>, Object> changed = new LinkedHashMap<>(values);
        changed.put(option, value instanceof List<?> list ? List.copyOf(list) : value);
        return new BondOptions(changed);
    }

    /** The options that have a value here. */
    public Set<BondOption<?>> options() {
        return Set.copyOf(values.keySet());
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Those of these that have another value there, or none: what must be set to get from there to here. */
    public BondOptions differingFrom(BondOptions actual) {
        Map<BondOption<?>, Object> differing = new LinkedHashMap<>(values);
        differing.entrySet().removeIf(entry -> entry.getValue().equals(actual.values.get(entry.getKey())));
        return new BondOptions(differing);
    }

    /** Those of these options that are in the set. */
    public BondOptions only(Set<BondOption<?>> options) {
        Map<BondOption<?>, Object> chosen = new LinkedHashMap<>(values);
        chosen.keySet().retainAll(options);
        return new BondOptions(chosen);
    }

    static BondOptions decode(LinkinfoBondAttrs attributes) {
        Map<BondOption<?>, Object> values = new LinkedHashMap<>();
        for (BondOption<?> option : BondOption.all()) {
            Object value = option.read(attributes);
            if (value != null) {
                values.put(option, value);
            }
        }
        return new BondOptions(values);
    }

    LinkinfoBondAttrs encode() {
        LinkinfoBondAttrs.Builder attributes = LinkinfoBondAttrs.builder();
        values.keySet().forEach(option -> encode(option, attributes));
        return attributes.build();
    }

    private <T> void encode(BondOption<T> option, LinkinfoBondAttrs.Builder attributes) {
        T value = value(option);
        if (value != null) {
            option.write(attributes, value);
        }
    }

    /** An option never gets a value of another type than its own: see {@link #with} and {@link #decode}. */
    @SuppressWarnings("unchecked")
    private <T> @Nullable T value(BondOption<T> option) {
        return (T) values.get(option);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BondOptions that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** For example {@code mode active-backup, miimon 100}. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " " + text(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String text(Object value) {
        if (value instanceof BondChoice choice) {
            return choice.kernelName();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(BondOptions::text).collect(Collectors.joining(" ", "[", "]"));
        }
        if (value instanceof Boolean on) {
            return on ? "on" : "off";
        }
        return value instanceof InetAddress address ? address.getHostAddress() : value.toString();
    }
}
