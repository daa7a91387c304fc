package net.twinpath.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import net.twinpath.config.machine.AdSelect;
import net.twinpath.config.machine.BondBalancing;
import net.twinpath.config.machine.BondFailover;
import net.twinpath.config.machine.BondMemberSettings;
import net.twinpath.config.machine.BondMode;
import net.twinpath.config.machine.BondMonitor;
import net.twinpath.config.machine.BondSettings;
import net.twinpath.config.machine.DeviceSettings;
import net.twinpath.config.machine.FailOverMac;
import net.twinpath.config.machine.LacpRate;
import net.twinpath.config.machine.LacpSettings;
import net.twinpath.config.machine.PrimaryReselect;
import net.twinpath.config.machine.XmitHashPolicy;
import net.twinpath.config.toml.Quoted;
import net.twinpath.config.value.MacLiteral;

/** Makes {@link BondSettings} of one table {@code [bond.NAME]}, and refuses first what the kernel would refuse. */
final class BondTableReader {
    /** BOND_MAX_ARP_TARGETS and BOND_MAX_NS_TARGETS, include/net/bonding.h. */
    static final int MAX_TARGETS = 16;

    private final TableReader table;
    private final String name;

    private BondTableReader(TableReader table, String name) {
        this.table = table;
        this.name = name;
    }

    static BondSettings read(TableReader table, String name) {
        return new BondTableReader(table, name).read();
    }

    private BondSettings read() {
        MadeName.check(table, "bond", name, AllowedValues.LinkName.MAX_BYTES);
        Optional<BondMode> mode = table.keyword(ConfigOption.BOND_MODE, BondMode.values());
        BondModes.refuseOthers(table, ConfigTable.BOND, mode);
        List<BondMemberSettings> members = BondMembersReader.read(table, mode);
        Optional<Duration> peerNotifDelay = table.duration(ConfigOption.BOND_PEER_NOTIF_DELAY);
        BondMonitor monitor = BondMonitorReader.read(table, peerNotifDelay);
        BondFailover failover = failover(members, peerNotifDelay);
        DeviceSettings device = DeviceReader.read(table, DeviceReader.Options.OF_BOND);
        refuseOwnMacWithAnother(failover);
        return new BondSettings(
                name,
                mode.orElse(BondMode.BALANCE_RR),
                members,
                monitor,
                failover,
                balancing(),
                lacp(members),
                device,
                table.source());
    }

    private BondFailover failover(List<BondMemberSettings> members, Optional<Duration> peerNotifDelay) {
        Optional<String> primary = table.string(ConfigOption.BOND_PRIMARY);
        primary.ifPresent(present -> refuseOther(present, members));
        refuseReselectOfNone(members);
        return new BondFailover(
                primary,
                table.keyword(ConfigOption.BOND_PRIMARY_RESELECT, PrimaryReselect.values()),
                table.keyword(ConfigOption.BOND_FAIL_OVER_MAC, FailOverMac.values()),
                table.integer(ConfigOption.BOND_NUM_PEER_NOTIF),
                peerNotifDelay,
                table.integer(ConfigOption.BOND_RESEND_IGMP),
                table.flag(ConfigOption.BOND_ALL_SLAVES_ACTIVE));
    }

    /** The kernel would remember the name, and never use it. */
    private void refuseOther(String primary, List<BondMemberSettings> members) {
        if (allAreKnown(members)
                && members.stream().noneMatch(member -> member.interfaceName().equals(primary))) {
            table.report(
                    ConfigOption.BOND_PRIMARY,
                    Quoted.of(primary) + " is no member of this bond; its members are "
                            + members.stream()
                                    .map(member -> Quoted.of(member.interfaceName()))
                                    .collect(Collectors.joining(", ")));
        }
    }

    private boolean allAreKnown(List<BondMemberSettings> members) {
        return !members.isEmpty()
                && table.arrayLength(ConfigOption.BOND_MEMBERS).orElse(0) == members.size();
    }

    private void refuseReselectOfNone(List<BondMemberSettings> members) {
        boolean chooses = table.has(ConfigOption.BOND_PRIMARY)
                || members.stream().anyMatch(member -> member.priority().isPresent());
        if (table.has(ConfigOption.BOND_PRIMARY_RESELECT) && !chooses && allAreKnown(members)) {
            table.reportLack(
                    ConfigOption.BOND_PRIMARY_RESELECT,
                    "needs primary, or a priority of members; example: primary = "
                            + Quoted.of(members.get(0).interfaceName()));
        }
    }

    /** The kernel then takes a MAC address for the bond without an error and goes on with the member's. */
    private void refuseOwnMacWithAnother(BondFailover failover) {
        if (table.has(ConfigOption.BOND_MAC) && failover.failOverMac().equals(Optional.of(FailOverMac.ACTIVE))) {
            table.report(
                    ConfigOption.BOND_MAC,
                    "with fail-over-mac = " + Quoted.of(FailOverMac.ACTIVE.text())
                            + " the bond has the MAC address of its active member; remove one of the two");
        }
    }

    private BondBalancing balancing() {
        return new BondBalancing(
                table.keyword(ConfigOption.BOND_XMIT_HASH_POLICY, XmitHashPolicy.values()),
                table.integer(ConfigOption.BOND_PACKETS_PER_SLAVE),
                table.flag(ConfigOption.BOND_TLB_DYNAMIC_LB),
                table.duration(ConfigOption.BOND_LP_INTERVAL));
    }

    private LacpSettings lacp(List<BondMemberSettings> members) {
        LacpSettings lacp = new LacpSettings(
                table.flag(ConfigOption.BOND_LACP_ACTIVE),
                table.keyword(ConfigOption.BOND_LACP_RATE, LacpRate.values()),
                table.keyword(ConfigOption.BOND_AD_SELECT, AdSelect.values()),
                table.integer(ConfigOption.BOND_MIN_LINKS),
                table.integer(ConfigOption.BOND_AD_ACTOR_SYS_PRIO),
                table.string(ConfigOption.BOND_AD_ACTOR_SYSTEM)
                        .map(MacLiteral::parse)
                        .orElse(OptionalLong.empty()),
                table.integer(ConfigOption.BOND_AD_USER_PORT_KEY),
                table.flag(ConfigOption.BOND_COUPLED_CONTROL));
        if (allAreKnown(members) && lacp.minLinks().orElse(0) > members.size()) {
            table.report(
                    ConfigOption.BOND_MIN_LINKS,
                    lacp.minLinks().getAsInt() + " is more than the bond has members, " + members.size()
                            + ", so that it would never have carrier");
        }
        return lacp;
    }
}
