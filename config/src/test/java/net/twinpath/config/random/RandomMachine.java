package net.twinpath.config.random;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A valid configuration file by chance, without a path: bonds of every mode, VLANs on ports, bonds and VLANs, settings
 * of ports and of the kernel. One seed always gives the same file.
 */
public final class RandomMachine {
    /** Begins the names of VLANs that are members of a bond. */
    static final String VLAN_MEMBER = "member";

    private static final int MAX_HEIGHT = 4;

    /** Enough for IPv6. */
    private static final int LEAST_MTU = 1280;

    private final SplittableRandom random;
    private final Set<MachineFeature> features;
    private final StringBuilder text = new StringBuilder();

    /** Interfaces nothing is attached to yet. */
    private final List<String> free;

    /** Interfaces that VLANs may stand on, with the largest packet each carries. */
    private final Map<String, Integer> carriers = new LinkedHashMap<>();

    private final Map<String, Integer> heights = new LinkedHashMap<>();
    private final Set<String> vlans = new HashSet<>();
    private int count;

    private RandomMachine(long seed, List<String> ports, Set<MachineFeature> features) {
        this.random = new SplittableRandom(seed);
        this.features = features;
        this.free = new ArrayList<>(ports);
    }

    /**
     * The text of a file.
     *
     * @param ports Ethernet interfaces that exist and may be used, with an MTU of at least 1500 that can be changed
     * @param features what else may be asked of them and the kernel
     */
    public static String of(long seed, List<String> ports, Set<MachineFeature> features) {
        return new RandomMachine(seed, ports, features).generate();
    }

    private String generate() {
        sysctl();
        for (int bonds = random.nextInt(4); bonds > 0 && !free.isEmpty(); bonds--) {
            String name = next("bond");
            List<String> members = members();
            new RandomBond(random, features, text).write(name, members, device(name));
        }
        for (String port : List.copyOf(free)) {
            int mtu = random.nextBoolean() ? 1500 : 1500 + random.nextInt(200);
            port(port, mtu);
            carriers.put(port, mtu);
        }
        for (int number = random.nextInt(6); number > 0 && !carriers.isEmpty(); number--) {
            vlan();
        }
        return text.toString();
    }

    private String next(String kind) {
        return kind + count++;
    }

    private String take() {
        return free.remove(random.nextInt(free.size()));
    }

    /** Up to three ports, one of them at times as a VLAN. */
    private List<String> members() {
        List<String> members = new ArrayList<>();
        do {
            String port = take();
            boolean tagged = random.nextInt(8) == 0;
            members.add(tagged ? vlanAsMember(port) : port);
            if (!tagged) {
                hardware(port);
            }
        } while (members.size() < 3 && !free.isEmpty() && random.nextBoolean());
        return members;
    }

    private String vlanAsMember(String port) {
        String name = next(VLAN_MEMBER);
        header("vlan." + name);
        line("link", quoted(port));
        line("id", Integer.toString(1 + random.nextInt(4094)));
        return name;
    }

    /** The keys that every interface has, for a bond, on which VLANs may stand from now on. */
    private String device(String bond) {
        int mtu = random.nextBoolean() ? 1500 : 1400 + random.nextInt(100);
        carriers.put(bond, mtu);
        return (mtu == 1500 ? "" : "mtu = " + mtu + "\n") + addresses() + offload();
    }

    private void vlan() {
        List<String> names = List.copyOf(carriers.keySet());
        String link = names.get(random.nextInt(names.size()));
        int id = 1 + random.nextInt(4094);
        boolean service = random.nextInt(4) == 0;
        int height = heights.getOrDefault(link, 1) + 1;
        if (height > MAX_HEIGHT || !vlans.add(link + " " + id + " " + service)) {
            return;
        }
        String name = random.nextBoolean() ? next("vlan") : "v" + count++ + "." + id;
        header("vlan." + quoted(name));
        line("link", quoted(link));
        line("id", Integer.toString(id));
        if (service) {
            line("protocol", quoted("802.1ad"));
        }
        int carried = carriers.getOrDefault(link, LEAST_MTU);
        int mtu = random.nextBoolean() ? carried : random.nextInt(LEAST_MTU, carried + 1);
        if (random.nextBoolean() || mtu != carried) {
            line("mtu", Integer.toString(mtu));
        }
        flags(service);
        maps();
        text.append(addresses());
        carriers.put(name, mtu);
        heights.put(name, height);
    }

    private void flags(boolean service) {
        sometimes(() -> line("reorder-header", Boolean.toString(random.nextBoolean())));
        sometimes(() -> line("loose-binding", Boolean.toString(random.nextBoolean())));
        if (!service && features.contains(MachineFeature.REGISTRATION_PROTOCOLS)) {
            sometimes(() -> line("gvrp", Boolean.toString(random.nextBoolean())));
            sometimes(() -> line("mvrp", Boolean.toString(random.nextBoolean())));
        }
    }

    private void maps() {
        sometimes(() -> line(
                "egress-priority",
                "{ " + random.nextInt(8) + " = " + random.nextInt(8) + ", 8 = " + random.nextInt(8) + " }"));
        sometimes(() -> line("ingress-priority", "{ " + random.nextInt(8) + " = " + random.nextInt(16) + " }"));
    }

    private void port(String name, int mtu) {
        header("interface." + quoted(name));
        line("mtu", Integer.toString(mtu));
        sometimes(() -> line("mac", quoted(mac(random))));
        text.append(addresses()).append(offload());
        hardwareKeys();
    }

    private void hardware(String port) {
        if (random.nextBoolean()) {
            header("interface." + quoted(port));
            hardwareKeys();
        }
    }

    private void hardwareKeys() {
        if (features.contains(MachineFeature.PAUSE)) {
            sometimes(() -> line(
                    "pause", "{ autonegotiate = false, receive = true, transmit = " + random.nextBoolean() + " }"));
        }
        if (features.contains(MachineFeature.RINGS)) {
            sometimes(() -> line("ring", "{ receive = " + 64 * (1 + random.nextInt(4)) + " }"));
        }
        if (features.contains(MachineFeature.COALESCING)) {
            sometimes(() -> line("coalesce", "{ receive = \"" + random.nextInt(100) + "us\", receive-frames = 16 }"));
        }
        if (features.contains(MachineFeature.CHANNELS)) {
            sometimes(() -> line("channels", "{ combined = 1 }"));
        }
    }

    /** None, one or two addresses in a network no other interface of the file has. */
    private String addresses() {
        int network = count++;
        return switch (random.nextInt(4)) {
            case 0 -> "address = \"10." + (100 + network % 100) + "." + random.nextInt(256) + ".1/24\"\n";
            case 1 -> "address = [\"192.0.2." + (4 * (network % 63) + 1) + "/30\", \"fd00:" + network + "::1/64\"]\n";
            case 2 -> "address = []\n";
            default -> "";
        };
    }

    private String offload() {
        return random.nextInt(3) == 0 ? "offload = { \"rx-gro\" = " + random.nextBoolean() + " }\n" : "";
    }

    /** Settings that every network namespace has of its own, so that the machine around a test keeps its own. */
    private void sysctl() {
        if (random.nextBoolean()) {
            header("sysctl");
            sometimes(() -> line(quoted("net.ipv4.tcp_keepalive_time"), Integer.toString(60 + random.nextInt(7200))));
            sometimes(() -> line("net.ipv4.tcp_synack_retries", Integer.toString(1 + random.nextInt(8))));
            sometimes(() -> line("net.ipv4.ip_local_port_range", "[" + 2 * random.nextInt(5000, 10_000) + ", 60999]"));
            sometimes(() -> line("net.ipv4.tcp_congestion_control", quoted("reno")));
            sometimes(() -> line("net.ipv4.no_such_setting", "1"));
        }
    }

    static String mac(SplittableRandom random) {
        return String.format("02:00:00:00:%02x:%02x", random.nextInt(256), random.nextInt(1, 256));
    }

    private void sometimes(Runnable something) {
        if (random.nextInt(3) == 0) {
            something.run();
        }
    }

    private void header(String name) {
        text.append('[').append(name).append("]\n");
    }

    private void line(String key, String value) {
        text.append(key).append(" = ").append(value).append('\n');
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }
}
