package net.twinpath.daemon.machine;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** An interface of {@link FakeMachine}. */
final class FakeDevice {
    final String name;
    final String kind;
    boolean up;
    int mtu = 1500;
    int maxMtu = 9000;
    String mac;

    /** Of a VLAN: whether it follows its link; of a bond: whether the first member's replaces it. */
    boolean macIsBorrowed;

    Optional<FakeDevice> master = Optional.empty();
    Optional<FakeDevice> link = Optional.empty();
    int mtuBeforeBond;
    String macBeforeBond = "";
    String alias = "";

    /** Of a VLAN, when somebody gave it one. */
    String qdisc = "";

    final SortedMap<String, String> bond = new TreeMap<>();
    final SortedMap<String, String> port = new TreeMap<>();
    final SortedMap<String, String> vlan = new TreeMap<>();
    final SortedSet<String> addresses = new TreeSet<>();
    final SortedSet<String> routes = new TreeSet<>();
    final Map<Group, SortedMap<String, String>> device = new EnumMap<>(Group.class);

    FakeDevice(String name, String kind, String mac) {
        this.name = name;
        this.kind = kind;
        this.mac = mac;
    }

    boolean isBond() {
        return kind.equals("bond");
    }

    boolean isVlan() {
        return kind.equals("vlan");
    }

    /** What a VLAN stands on. */
    FakeDevice below() {
        return link.orElseThrow();
    }

    boolean isMember() {
        return master.filter(FakeDevice::isBond).isPresent();
    }

    String mode() {
        return bond.getOrDefault("mode", "");
    }

    int milliseconds(String option) {
        return Integer.parseInt(bond.getOrDefault(option, "0"));
    }

    @Override
    public String toString() {
        return name;
    }
}
