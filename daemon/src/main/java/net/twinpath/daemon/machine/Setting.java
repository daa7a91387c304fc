package net.twinpath.daemon.machine;

import java.util.Comparator;

/**
 * Something that has a value on this machine.
 *
 * @param owner the interface; empty for a sysctl
 * @param group what it belongs to
 * @param name  within the group, a key of the configuration where there is one
 */
public record Setting(String owner, Group group, String name) implements Comparable<Setting> {
    /** In {@link Group#ROUTE}: stands for all routes where it is told what matters. */
    static final Setting EVERY_ROUTE = new Setting("", Group.ROUTE, "");

    /** The owner of the settings that belong to no interface. */
    public static final String NO_OWNER = "";

    /** In {@link Group#LINK}: {@code bond}, {@code vlan}, another kind of the kernel, or {@link #DEVICE}. */
    public static final String KIND = "kind";

    /** In {@link Group#LINK}: the interface below. */
    public static final String LINK = "link";

    /** In {@link Group#LINK}: the bond or bridge it is a member of, or {@link #NONE}. */
    public static final String MASTER = "master";

    /** In {@link Group#LINK}: octets of payload; of a bond's member the bond's, so it has none. */
    public static final String MTU = "mtu";

    /** In {@link Group#LINK}: a VLAN that has its link's address has none of its own. */
    public static final String MAC = "mac";

    /** In {@link Group#LINK}: whether it is switched on. */
    public static final String UP = "up";

    /** In {@link Group#LINK}: the text an administrator gave it. */
    public static final String ALIAS = "alias";

    /** In {@link Group#LINK}: the kind of queueing discipline somebody gave a VLAN; cannot be set. */
    public static final String QDISC = "qdisc";

    /** Kind of an interface that the kernel has no kind for, as a network card. */
    public static final String DEVICE = "device";

    public static final String BOND = "bond";
    public static final String VLAN = "vlan";
    public static final String NONE = "none";
    public static final String TRUE = "true";
    public static final String FALSE = "false";
    public static final String PRESENT = "present";

    /** The value of a setting that is not there. */
    public static final String ABSENT = "";

    private static final Comparator<Setting> ORDER =
            Comparator.comparing(Setting::owner).thenComparing(Setting::group).thenComparing(Setting::name);

    /** A setting that every interface has. */
    public static Setting link(String owner, String name) {
        return new Setting(owner, Group.LINK, name);
    }

    /** A sysctl by its key with dots. */
    public static Setting sysctl(String key) {
        return new Setting(NO_OWNER, Group.SYSCTL, key);
    }

    /** Whether it is there or not is what matters, whatever else the kernel keeps of it. */
    boolean isPresence() {
        return group == Group.ADDRESS || group == Group.ROUTE;
    }

    /** Whether two values mean the same. */
    boolean isSame(String one, String other) {
        return isPresence() ? one.isEmpty() == other.isEmpty() : one.equals(other);
    }

    /** Whether an interface with another value would be another interface. */
    boolean isIdentity() {
        return switch (group) {
            case LINK -> name.equals(KIND) || name.equals(LINK);
            case VLAN -> name.equals(VlanSetting.ID) || name.equals(VlanSetting.PROTOCOL);
            default -> false;
        };
    }

    /** As people read it beside the owner, for example {@code ring.receive}. */
    public String key() {
        return group.prefix() + name;
    }

    @Override
    public int compareTo(Setting other) {
        return ORDER.compare(this, other);
    }

    /** For example {@code bond0: miimon}. */
    @Override
    public String toString() {
        return owner.equals(NO_OWNER) ? key() : owner + ": " + key();
    }
}
