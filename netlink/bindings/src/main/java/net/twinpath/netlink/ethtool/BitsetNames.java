package net.twinpath.netlink.ethtool;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.twinpath.netlink.family.ethtool.BitsetAttrs;
import net.twinpath.netlink.family.ethtool.BitsetBitAttrs;
import net.twinpath.netlink.family.ethtool.BitsetBitsAttrs;
import org.jspecify.annotations.Nullable;

/** The names in a bitset that lists its bits, read and written. */
final class BitsetNames {
    private BitsetNames() {}

    /** All names it lists. */
    static SortedSet<String> listed(@Nullable BitsetAttrs bitset) {
        return names(bitset, false);
    }

    /** Names of the bits that are 1, which with NOMASK are all it lists. */
    static SortedSet<String> on(@Nullable BitsetAttrs bitset) {
        return names(bitset, true);
    }

    /** A bitset that changes just these bits. */
    static BitsetAttrs changing(Map<String, Boolean> values) {
        SortedMap<String, Boolean> sorted = new TreeMap<>(values);
        return BitsetAttrs.builder()
                .bits(bits(sorted.entrySet().stream()
                        .map(entry -> BitsetBitAttrs.builder()
                                .name(entry.getKey())
                                .value(entry.getValue())
                                .build())
                        .toList()))
                .build();
    }

    /** A bitset that sets just these bits and clears all others. */
    static BitsetAttrs exactly(SortedSet<String> names) {
        return BitsetAttrs.builder()
                .nomask(true)
                .bits(bits(names.stream()
                        .map(name -> BitsetBitAttrs.builder().name(name).build())
                        .toList()))
                .build();
    }

    private static BitsetBitsAttrs bits(List<BitsetBitAttrs> bits) {
        return BitsetBitsAttrs.builder().bit(bits).build();
    }

    private static SortedSet<String> names(@Nullable BitsetAttrs bitset, boolean onlyOn) {
        SortedSet<String> names = new TreeSet<>();
        BitsetBitsAttrs bits = bitset == null ? null : bitset.bits();
        if (bitset == null || bits == null) {
            return names;
        }
        for (BitsetBitAttrs bit : bits.bit()) {
            String name = bit.name();
            if (name != null && (!onlyOn || bitset.nomask() || bit.value())) {
                names.add(name);
            }
        }
        return names;
    }
}
