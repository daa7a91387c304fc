package net.twinpath.daemon.machine;

/** What a setting belongs to: roughly a table of the configuration, and one kind of request to the kernel. */
public enum Group {
    /** Of every interface: kind, link, master, mtu, mac, up. */
    LINK(""),

    /** Options of a bond. */
    BOND(""),

    /** Of a bond's member. */
    PORT("member."),

    /** Of a VLAN interface. */
    VLAN(""),

    /** An address with its prefix length is the name; the value is {@link Setting#PRESENT}. */
    ADDRESS("address "),

    /** A route made by hand or by DHCP that leaves by the interface; its text is the name. */
    ROUTE("route "),

    /** The kernel's name of the feature. */
    OFFLOAD("offload."),
    CHANNELS("channels."),
    RING("ring."),
    COALESCE("coalesce."),
    PAUSE("pause."),

    /** Of no interface; the name is the key with dots. */
    SYSCTL("");

    private final String prefix;

    Group(String prefix) {
        this.prefix = prefix;
    }

    /** What stands before a setting's name when people read it. */
    String prefix() {
        return prefix;
    }

    /** Whether ethtool tells and sets it, together with the others of its group. */
    boolean isOfTheDevice() {
        return switch (this) {
            case OFFLOAD, CHANNELS, RING, COALESCE, PAUSE -> true;
            default -> false;
        };
    }
}
