package net.twinpath.config.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Writes one table of a bond by chance, with options that go with its mode and with each other. */
final class RandomBond {
    private static final List<String> MODES =
            List.of("balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb");
    private static final Set<String> WITH_PRIMARY = Set.of("active-backup", "balance-tlb", "balance-alb");
    private static final Set<String> WITHOUT_ARP = Set.of("802.3ad", "balance-tlb", "balance-alb");
    private static final List<String> HASHES =
            List.of("layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4", "vlan+srcmac");

    private final SplittableRandom random;
    private final Set<MachineFeature> features;
    private final StringBuilder text;

    RandomBond(SplittableRandom random, Set<MachineFeature> features, StringBuilder text) {
        this.random = random;
        this.features = features;
        this.text = text;
    }

    void write(String name, List<String> members, String device) {
        String chosen = MODES.get(random.nextInt(MODES.size()));
        boolean isRefused = chosen.equals("balance-tlb")
                && members.stream().anyMatch(member -> member.startsWith(RandomMachine.VLAN_MEMBER))
                && !features.contains(MachineFeature.VLANS_IN_BALANCE_TLB);
        String mode = isRefused ? "balance-alb" : chosen;
        text.append("[bond.").append(name).append("]\n");
        line("mode", RandomMachine.quoted(mode));
        line("members", members(members, WITH_PRIMARY.contains(mode)));
        text.append(device);
        boolean byArp = !WITHOUT_ARP.contains(mode) && random.nextInt(3) == 0;
        int intervalMs = 20 * (1 + random.nextInt(10));
        if (byArp) {
            arp(mode);
        } else {
            carrier(intervalMs);
        }
        failover(mode, members, byArp ? 0 : intervalMs);
        balancing(mode);
        if (mode.equals("802.3ad")) {
            lacp(members.size());
        }
    }

    private String members(List<String> names, boolean priorities) {
        List<String> elements = new ArrayList<>();
        for (String name : names) {
            String priority = priorities && random.nextInt(3) == 0 ? ", priority = " + (random.nextInt(21) - 10) : "";
            String queue = random.nextInt(4) == 0 ? ", queue-id = " + (elements.size() + 1) : "";
            boolean table = !priority.isEmpty() || !queue.isEmpty();
            elements.add(
                    table ? "{ interface = \"" + name + "\"" + priority + queue + " }" : RandomMachine.quoted(name));
        }
        return elements.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private void carrier(int intervalMs) {
        line("miimon", milliseconds(intervalMs));
        sometimes(() -> line("updelay", milliseconds(intervalMs * random.nextInt(5))));
        sometimes(() -> line("downdelay", milliseconds(intervalMs * random.nextInt(5))));
    }

    private void arp(String mode) {
        line("arp-interval", milliseconds(100 + random.nextInt(900)));
        line("arp-ip-target", "[\"192.0.2.253\", \"192.0.2.254\"]");
        sometimes(() -> line("ns-ip6-target", "[\"2001:db8::1\"]"));
        sometimes(() -> line("arp-missed-max", Integer.toString(1 + random.nextInt(10))));
        boolean validates = random.nextBoolean();
        if (validates) {
            line("arp-validate", oneOf("active", "backup", "all", "filter", "filter_active", "filter_backup"));
        }
        if (validates && mode.equals("active-backup")) {
            sometimes(() -> line("arp-all-targets", oneOf("any", "all")));
        }
    }

    private void failover(String mode, List<String> members, int intervalMs) {
        if (WITH_PRIMARY.contains(mode) && random.nextBoolean()) {
            line("primary", RandomMachine.quoted(members.get(random.nextInt(members.size()))));
            sometimes(() -> line("primary-reselect", oneOf("always", "better", "failure")));
        }
        if (mode.equals("active-backup")) {
            activeBackup(intervalMs);
        }
        if (WITH_PRIMARY.contains(mode) || mode.equals("balance-rr")) {
            sometimes(() -> line("resend-igmp", Integer.toString(random.nextInt(256))));
        }
        if (WITH_PRIMARY.contains(mode) || mode.equals("802.3ad")) {
            sometimes(() -> line("all-slaves-active", Boolean.toString(random.nextBoolean())));
        }
    }

    private void activeBackup(int intervalMs) {
        boolean ownMac = random.nextInt(3) == 0;
        if (ownMac) {
            line("mac", RandomMachine.quoted(RandomMachine.mac(random)));
        }
        sometimes(() -> line("fail-over-mac", ownMac ? oneOf("none", "follow") : oneOf("none", "active", "follow")));
        sometimes(() -> line("num-peer-notif", Integer.toString(random.nextInt(256))));
        if (intervalMs > 0) {
            sometimes(() -> line("peer-notif-delay", milliseconds(intervalMs * random.nextInt(4))));
        }
    }

    private void balancing(String mode) {
        switch (mode) {
            case "balance-rr" -> sometimes(() -> line("packets-per-slave", Integer.toString(random.nextInt(65_536))));
            case "balance-xor", "802.3ad" -> sometimes(this::hash);
            case "balance-tlb", "balance-alb" -> {
                sometimes(this::hash);
                sometimes(() -> line("tlb-dynamic-lb", Boolean.toString(random.nextBoolean())));
                sometimes(() -> line("lp-interval", "\"" + (1 + random.nextInt(100)) + "s\""));
            }
            default -> {}
        }
    }

    private void hash() {
        line("xmit-hash-policy", RandomMachine.quoted(HASHES.get(random.nextInt(HASHES.size()))));
    }

    private void lacp(int members) {
        sometimes(() -> line("lacp-active", Boolean.toString(random.nextBoolean())));
        sometimes(() -> line("lacp-rate", oneOf("slow", "fast")));
        sometimes(() -> line("ad-select", oneOf("stable", "bandwidth", "count")));
        sometimes(() -> line("min-links", Integer.toString(random.nextInt(members + 1))));
        sometimes(() -> line("ad-actor-sys-prio", Integer.toString(1 + random.nextInt(65_535))));
        sometimes(() -> line("ad-actor-system", RandomMachine.quoted(RandomMachine.mac(random))));
        sometimes(() -> line("ad-user-port-key", Integer.toString(random.nextInt(1024))));
        if (features.contains(MachineFeature.COUPLED_CONTROL)) {
            sometimes(() -> line("coupled-control", Boolean.toString(random.nextBoolean())));
        }
    }

    private String oneOf(String... words) {
        return RandomMachine.quoted(words[random.nextInt(words.length)]);
    }

    private static String milliseconds(int count) {
        return "\"" + count + "ms\"";
    }

    private void sometimes(Runnable something) {
        if (random.nextInt(3) == 0) {
            something.run();
        }
    }

    private void line(String key, String value) {
        text.append(key).append(" = ").append(value).append('\n');
    }
}
