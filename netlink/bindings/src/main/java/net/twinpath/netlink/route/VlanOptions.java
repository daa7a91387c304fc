package net.twinpath.netlink.route;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.twinpath.netlink.family.rtlink.RtLink;
import net.twinpath.netlink.family.rtlink.VlanFlags;

/**
 * The settings of a VLAN interface.
 *
 * <p>A priority that is not in its map is mapped to 0, as in the kernel; so the maps hold no entry that maps to 0.
 *
 * @param id       VLAN identifier, 0 to 4094
 * @param protocol which tag
 * @param flags    what it does besides tagging
 * @param egress   from the priority of a packet ({@code SO_PRIORITY}) to the priority code point of its tag, 0 to 7
 * @param ingress  from the priority code point of a tag, 0 to 7, to the priority of its packet
 */
public record VlanOptions(
        int id, Protocol protocol, Set<Flag> flags, SortedMap<Long, Integer> egress, SortedMap<Integer, Long> ingress) {
    private static final int HIGHEST_ID = 4094;
    private static final int HIGHEST_CODE_POINT = 7;
    private static final long HIGHEST_PRIORITY = 0xFFFF_FFFFL;

    public VlanOptions {
        if (id < 0 || id > HIGHEST_ID) {
            throw new IllegalArgumentException("VLAN identifier " + id + " is not 0 to " + HIGHEST_ID);
        }
        flags = Collections.unmodifiableSet(flags.isEmpty() ? EnumSet.noneOf(Flag.class) : EnumSet.copyOf(flags));
        egress = withoutZeros(egress);
        ingress = withoutZeros(ingress);
        egress.keySet().forEach(VlanOptions::checkPriority);
        egress.values().forEach(VlanOptions::checkCodePoint);
        ingress.keySet().forEach(VlanOptions::checkCodePoint);
        ingress.values().forEach(VlanOptions::checkPriority);
    }

    /** A VLAN with just an identifier, as the kernel makes it: 802.1Q, headers reordered, all priorities 0. */
    public static VlanOptions of(int id) {
        return new VlanOptions(id, Protocol.DOT1Q, Set.of(Flag.REORDER_HDR), new TreeMap<>(), new TreeMap<>());
    }

    /** The same with another tag. */
    public VlanOptions with(Protocol other) {
        return new VlanOptions(id, other, flags, egress, ingress);
    }

    /** The same with just these flags. */
    public VlanOptions with(Set<Flag> others) {
        return new VlanOptions(id, protocol, others, egress, ingress);
    }

    /** The same with another map for frames that go out. */
    public VlanOptions withEgress(Map<Long, Integer> map) {
        return new VlanOptions(id, protocol, flags, new TreeMap<>(map), ingress);
    }

    /** The same with another map for frames that come in. */
    public VlanOptions withIngress(Map<Integer, Long> map) {
        return new VlanOptions(id, protocol, flags, egress, new TreeMap<>(map));
    }

    private static <K, V extends Number> SortedMap<K, V> withoutZeros(SortedMap<K, V> map) {
        SortedMap<K, V> others = new TreeMap<>(map);
        others.values().removeIf(value -> value.longValue() == 0);
        return Collections.unmodifiableSortedMap(others);
    }

    private static void checkCodePoint(int codePoint) {
        if (codePoint < 0 || codePoint > HIGHEST_CODE_POINT) {
            throw new IllegalArgumentException(
                    "priority code point " + codePoint + " is not 0 to " + HIGHEST_CODE_POINT);
        }
    }

    private static void checkPriority(long priority) {
        if (priority < 0 || priority > HIGHEST_PRIORITY) {
            throw new IllegalArgumentException("packet priority " + priority + " is not 0 to " + HIGHEST_PRIORITY);
        }
    }

    /** The tag, by its EtherType ({@code linux/if_ether.h}). */
    public enum Protocol {
        /** C-VLAN tag, 0x8100. */
        DOT1Q(RtLink.ETH_P_8021Q, "802.1Q"),
        /** S-VLAN tag, 0x88A8. */
        DOT1AD(RtLink.ETH_P_8021AD, "802.1ad");

        private final int etherType;
        private final String standard;

        Protocol(int etherType, String standard) {
            this.etherType = etherType;
            this.standard = standard;
        }

        int etherType() {
            return etherType;
        }

        /** DOT1Q for an EtherType that is neither, which no kernel makes. */
        static Protocol of(int etherType) {
            return etherType == DOT1AD.etherType ? DOT1AD : DOT1Q;
        }

        /** For example {@code 802.1Q}. */
        @Override
        public String toString() {
            return standard;
        }
    }

    /** What a VLAN interface does besides tagging ({@code VLAN_FLAG_*} of {@code linux/if_vlan.h}). */
    public enum Flag {
        /** Frames look untagged to whoever listens on the interface. */
        REORDER_HDR(VlanFlags.VLAN_FLAG_REORDER_HDR),
        /** Registers the VLAN at the switch by GVRP. */
        GVRP(VlanFlags.VLAN_FLAG_GVRP),
        /** Stays up when the interface below goes down. */
        LOOSE_BINDING(VlanFlags.VLAN_FLAG_LOOSE_BINDING),
        /** Registers the VLAN at the switch by MVRP. */
        MVRP(VlanFlags.VLAN_FLAG_MVRP),
        /** On a bridge: has a carrier only while a port with this VLAN has one. */
        BRIDGE_BINDING(VlanFlags.VLAN_FLAG_BRIDGE_BINDING);

        private final int bit;

        Flag(int bit) {
            this.bit = bit;
        }

        static Set<Flag> of(long bits) {
            Set<Flag> flags = EnumSet.noneOf(Flag.class);
            for (Flag flag : values()) {
                if ((bits & flag.bit) != 0) {
                    flags.add(flag);
                }
            }
            return flags;
        }

        static long bits(Set<Flag> flags) {
            return flags.stream().mapToLong(flag -> flag.bit).sum();
        }
    }
}
