package net.twinpath.daemon.machine;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Machines by chance as a daemon may find them: with cards, and sometimes with a bond and VLANs somebody made. */
final class RandomStart {
    private static final List<String> MODES =
            List.of("balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb");
    private static final List<String> KEYS = List.of(
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_synack_retries",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_congestion_control");

    /** Cards that are there. */
    static final List<String> CARDS = List.of("eth0", "eth1", "eth2", "eth3", "eth4", "eth5", "eth6");

    private final SplittableRandom random;

    RandomStart(SplittableRandom random) {
        this.random = random;
    }

    FakeMachine machine() throws MachineException {
        FakeMachine machine = new FakeMachine();
        KEYS.forEach(key -> machine.sysctls.put(key, "1"));
        for (int i = 0; i < CARDS.size(); i++) {
            FakeDevice nic = machine.addNic(CARDS.get(i));
            nic.mtu = random.nextInt(4) == 0 ? 9000 : 1500;
            nic.up = random.nextBoolean();
            if (random.nextInt(3) == 0) {
                nic.addresses.add("10.0." + i + ".1/24");
            }
            if (nic.up && random.nextInt(3) == 0) {
                nic.addresses.add("fd00::" + i + "/64");
            }
        }
        machine.devices.values().stream()
                .filter(nic -> nic.up && random.nextInt(3) == 0)
                .forEach(nic -> nic.routes.add("default via " + nic));
        for (String name : List.of("bond0", "bond7")) {
            if (random.nextInt(3) == 0) {
                addBond(machine, name);
            }
        }
        for (int i = 0; i < random.nextInt(3); i++) {
            addVlan(machine, "vlan" + i);
        }
        return machine;
    }

    private void addBond(FakeMachine machine, String name) throws MachineException {
        FakeDevice bond = machine.makeBond(name, pick(MODES));
        int members = random.nextInt(3);
        for (FakeDevice nic : List.copyOf(machine.devices.values())) {
            if (members > 0 && nic.kind.equals("device") && nic.master.isEmpty() && random.nextInt(2) == 0) {
                machine.switchOff(nic);
                machine.join(nic, bond);
                members--;
            }
        }
        for (int i = 0; i < random.nextInt(4); i++) {
            for (Map.Entry<Setting, String> option : bondOption(name).entrySet()) {
                BondSetting setting = BondSetting.of(option.getKey()).orElseThrow();
                if (setting.fits(bond.mode()) && !setting.needsEmpty()) {
                    machine.put(
                            Change.Put.one(option.getKey(), option.getValue()),
                            option.getKey().name(),
                            option.getValue());
                }
            }
        }
        if (random.nextBoolean()) {
            machine.switchOn(bond);
        }
        if (random.nextInt(3) == 0) {
            bond.addresses.add("10.1.0.1/24");
        }
        if (bond.up && random.nextBoolean()) {
            bond.routes.add("10.99.0.0/16 via 10.1.0.2");
        }
    }

    private void addVlan(FakeMachine machine, String name) throws MachineException {
        List<FakeDevice> links = machine.devices.values().stream()
                .filter(device -> device.master.isEmpty())
                .toList();
        FakeDevice link = links.get(random.nextInt(links.size()));
        TreeMap<Setting, String> with = new TreeMap<>(Map.of(
                Setting.link(name, "link"),
                link.name,
                VlanSetting.of(name, "id"),
                Integer.toString(100 + Integer.parseInt(name.substring(4))),
                VlanSetting.of(name, "protocol"),
                "802.1Q"));
        machine.perform(new Change.Make(name, "vlan", with));
        if (link.up && random.nextBoolean()) {
            machine.switchOn(machine.device(name));
            machine.device(name).addresses.add("fd01::" + name.substring(4) + "/64");
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Map<Setting, String> bondOption(String name) {
        return switch (random.nextInt(9)) {
            case 0 -> Map.of(BondSetting.LACP_RATE.of(name), "fast");
            case 1 -> Map.of(BondSetting.XMIT_HASH_POLICY.of(name), "layer3+4");
            case 2 -> Map.of(BondSetting.FAIL_OVER_MAC.of(name), "none");
            case 3 -> Map.of(BondSetting.TLB_DYNAMIC_LB.of(name), "false");
            case 4 -> Map.of(BondSetting.AD_ACTOR_SYS_PRIO.of(name), "100");
            case 5 -> Map.of(BondSetting.MIN_LINKS.of(name), "1");
            case 6 -> Map.of(BondSetting.PACKETS_PER_SLAVE.of(name), "4");
            case 7 -> Map.of(BondSetting.AD_SELECT.of(name), "count");
            default -> Map.of(BondSetting.NUM_PEER_NOTIF.of(name), "3");
        };
    }
}
