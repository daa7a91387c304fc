package net.twinpath.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.twinpath.config.machine.BondMemberSettings;
import net.twinpath.config.machine.BondMode;
import net.twinpath.config.toml.ConfigPosition;
import net.twinpath.config.toml.Quoted;
import org.tomlj.TomlTable;

/** Makes {@link BondMemberSettings} of the elements of {@code members}. */
final class BondMembersReader {
    private static final ConfigOption MEMBERS = ConfigOption.BOND_MEMBERS;

    private final TableReader bond;
    private final Optional<BondMode> mode;
    private final List<BondMemberSettings> members = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<Integer, ConfigPosition> queues = new HashMap<>();

    private BondMembersReader(TableReader bond, Optional<BondMode> mode) {
        this.bond = bond;
        this.mode = mode;
    }

    /** Takes the members of a bond; without a mode, what depends on it is not checked. */
    static List<BondMemberSettings> read(TableReader bond, Optional<BondMode> mode) {
        BondMembersReader reader = new BondMembersReader(bond, mode);
        if (bond.arrayLength(MEMBERS).equals(OptionalInt.of(0))) {
            bond.report(MEMBERS, "a bond needs at least one member; example: " + MEMBERS.example());
        }
        bond.elements(MEMBERS).forEach(reader::read);
        return reader.members;
    }

    private void read(TableReader.Element element) {
        if (element.value() instanceof TomlTable) {
            TableReader table = bond.nested(MEMBERS, element);
            BondModes.refuseOthers(table, ConfigTable.MEMBER, mode);
            OptionalInt priority = table.integer(ConfigOption.MEMBER_PRIORITY);
            OptionalInt queueId = table.integer(ConfigOption.MEMBER_QUEUE_ID);
            queueId.ifPresent(queue -> checkUnique(table, queue));
            table.string(ConfigOption.MEMBER_INTERFACE)
                    .ifPresent(name -> add(new BondMemberSettings(name, priority, queueId, element.position())));
        } else {
            add(new BondMemberSettings(
                    (String) element.value(), OptionalInt.empty(), OptionalInt.empty(), element.position()));
        }
    }

    /** The kernel refuses a queue that leads to another member already (bond_option_queue_id_set()). */
    private void checkUnique(TableReader table, int queue) {
        ConfigPosition here = table.positionOf(ConfigOption.MEMBER_QUEUE_ID);
        ConfigPosition earlier = queues.putIfAbsent(queue, here);
        if (earlier != null) {
            table.report(
                    ConfigOption.MEMBER_QUEUE_ID,
                    "queue " + queue + " leads to the member at " + earlier + " already; give each its own");
        }
    }

    private void add(BondMemberSettings member) {
        if (seen.add(member.interfaceName())) {
            members.add(member);
        } else {
            bond.report(MEMBERS, member.source(), Quoted.of(member.interfaceName()) + " is given twice; remove one");
        }
    }
}
