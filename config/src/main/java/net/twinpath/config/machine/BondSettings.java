package net.twinpath.config.machine;

import java.util.List;
import net.twinpath.config.toml.TableSource;

/**
 * One table {@code [bond.NAME]}: an interface that uses several others as one. Options that are empty are as the kernel
 * makes them.
 *
 * @param name of the interface
 * @param mode how the members are used
 * @param members at least one, all different
 * @param monitor how a member's failure is noticed
 * @param failover which member is used, and what is told when that changes
 * @param balancing how frames are spread over the members
 * @param lacp of meaning with {@link BondMode#LACP} only
 * @param device what every interface has
 * @param source where the table and its keys stand
 */
public record BondSettings(
        String name,
        BondMode mode,
        List<BondMemberSettings> members,
        BondMonitor monitor,
        BondFailover failover,
        BondBalancing balancing,
        LacpSettings lacp,
        DeviceSettings device,
        TableSource source) {
    public BondSettings {
        members = List.copyOf(members);
    }

    /** The interfaces of the members, in their order. */
    public List<String> memberNames() {
        return members.stream().map(BondMemberSettings::interfaceName).toList();
    }
}
