package net.twinpath.netlink.route;

import java.util.Arrays;
import java.util.Optional;
import net.twinpath.netlink.family.rtlink.BondMode;
import net.twinpath.netlink.family.rtlink.BondXmitPolicy;

/** What a bond option that is chosen from a list can be, under the kernel's names ({@code bond_options.c}). */
public sealed interface BondChoice {
    /** The value as the kernel counts it. */
    int number();

    /** The kernel's name, as sysfs shows it. */
    String kernelName();

    /** The choice of this list with the kernel's name; empty when there is none. */
    static <T extends Enum<T> & BondChoice> Optional<T> named(Class<T> list, String kernelName) {
        return Arrays.stream(list.getEnumConstants())
                .filter(choice -> choice.kernelName().equals(kernelName))
                .findFirst();
    }

    /** The choice of this list with the kernel's number; empty when there is none. */
    static <T extends Enum<T> & BondChoice> Optional<T> numbered(Class<T> list, long number) {
        return Arrays.stream(list.getEnumConstants())
                .filter(choice -> choice.number() == number)
                .findFirst();
    }

    /** How the ports of a bond are used. */
    enum Mode implements BondChoice {
        BALANCE_RR(BondMode.BOND_MODE_ROUNDROBIN, "balance-rr"),
        ACTIVE_BACKUP(BondMode.BOND_MODE_ACTIVEBACKUP, "active-backup"),
        BALANCE_XOR(BondMode.BOND_MODE_XOR, "balance-xor"),
        BROADCAST(BondMode.BOND_MODE_BROADCAST, "broadcast"),
        LACP(BondMode.BOND_MODE_8023AD, "802.3ad"),
        BALANCE_TLB(BondMode.BOND_MODE_TLB, "balance-tlb"),
        BALANCE_ALB(BondMode.BOND_MODE_ALB, "balance-alb");

        private final int number;
        private final String kernelName;

        Mode(int number, String kernelName) {
            this.number = number;
            this.kernelName = kernelName;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public String kernelName() {
            return kernelName;
        }
    }

    /** What of a frame decides by which port it leaves. */
    enum XmitHashPolicy implements BondChoice {
        LAYER2(BondXmitPolicy.BOND_XMIT_POLICY_LAYER2, "layer2"),
        LAYER3_4(BondXmitPolicy.BOND_XMIT_POLICY_LAYER34, "layer3+4"),
        LAYER2_3(BondXmitPolicy.BOND_XMIT_POLICY_LAYER23, "layer2+3"),
        ENCAP2_3(BondXmitPolicy.BOND_XMIT_POLICY_ENCAP23, "encap2+3"),
        ENCAP3_4(BondXmitPolicy.BOND_XMIT_POLICY_ENCAP34, "encap3+4"),
        VLAN_SRCMAC(BondXmitPolicy.BOND_XMIT_POLICY_VLAN_SRCMAC, "vlan+srcmac");

        private final int number;
        private final String kernelName;

        XmitHashPolicy(int number, String kernelName) {
            this.number = number;
            this.kernelName = kernelName;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public String kernelName() {
            return kernelName;
        }
    }

    /** Of which ports ARP probes and answers are looked at more closely. */
    enum ArpValidate implements BondChoice {
        NONE(0, "none"),
        ACTIVE(1, "active"),
        BACKUP(2, "backup"),
        ALL(3, "all"),
        FILTER(4, "filter"),
        FILTER_ACTIVE(5, "filter_active"),
        FILTER_BACKUP(6, "filter_backup");

        private final int number;
        private final String kernelName;

        ArpValidate(int number, String kernelName) {
            this.number = number;
            this.kernelName = kernelName;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public String kernelName() {
            return kernelName;
        }
    }

    /** How many of the ARP targets must answer. */
    enum ArpAllTargets implements BondChoice {
        ANY(0, "any"),
        ALL(1, "all");

        private final int number;
        private final String kernelName;

        ArpAllTargets(int number, String kernelName) {
            this.number = number;
            this.kernelName = kernelName;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public String kernelName() {
            return kernelName;
        }
    }

    /** When the primary port takes over again. */
    enum PrimaryReselect implements BondChoice {
        ALWAYS(0, "always"),
        BETTER(1, "better"),
        FAILURE(2, "failure");

        private final int number;
        private final String kernelName;

        PrimaryReselect(int number, String kernelName) {
            this.number = number;
            this.kernelName = kernelName;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public String kernelName() {
            return kernelName;
        }
    }

    /** Which MAC address bond and ports have. */
    enum FailOverMac implements BondChoice {
        NONE(0, "none"),
        ACTIVE(1, "active"),
        FOLLOW(2, "follow");

        private final int number;
        private final String kernelName;

        FailOverMac(int number, String kernelName) {
            this.number = number;
            this.kernelName = kernelName;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public String kernelName() {
            return kernelName;
        }
    }

    /** How often the partner is to send: every 30 s or every second. */
    enum LacpRate implements BondChoice {
        SLOW(0, "slow"),
        FAST(1, "fast");

        private final int number;
        private final String kernelName;

        LacpRate(int number, String kernelName) {
            this.number = number;
            this.kernelName = kernelName;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public String kernelName() {
            return kernelName;
        }
    }

    /** Which aggregator is used when there are several. */
    enum AdSelect implements BondChoice {
        STABLE(0, "stable"),
        BANDWIDTH(1, "bandwidth"),
        COUNT(2, "count");

        private final int number;
        private final String kernelName;

        AdSelect(int number, String kernelName) {
            this.number = number;
            this.kernelName = kernelName;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public String kernelName() {
            return kernelName;
        }
    }
}
