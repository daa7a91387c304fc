package net.twinpath.config.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.twinpath.config.ConfigOption;
import net.twinpath.config.ConfigReader;
import net.twinpath.config.ConfigTable;
import net.twinpath.config.TwinpathConfig;
import net.twinpath.config.machine.BondMode;
import net.twinpath.config.machine.BondSettings;
import net.twinpath.config.machine.MachineSettings;
import net.twinpath.config.toml.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configurations made by chance are valid, and all of them together leave out little. */
class RandomMachineTest {
    private static final int SEEDS = 2_000;
    private static final List<String> PORTS = List.of("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7");

    @TempDir
    Path temporary;

    @Test
    void everyOneIsValid() throws IOException {
        List<String> refused = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            String text = RandomMachine.of(seed, PORTS, EnumSet.allOf(MachineFeature.class));
            try {
                read(text);
            } catch (ConfigException e) {
                refused.add("seed " + seed + ": " + e.getMessage() + "\n" + text);
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void oneSeedGivesOneFile() {
        assertThat(RandomMachine.of(7, PORTS, Set.of())).isEqualTo(RandomMachine.of(7, PORTS, Set.of()));
        assertThat(RandomMachine.of(7, PORTS, Set.of())).isNotEqualTo(RandomMachine.of(8, PORTS, Set.of()));
    }

    @Test
    void everyModeAndNearlyEveryKeyIsThere() throws IOException, ConfigException {
        Set<BondMode> modes = EnumSet.noneOf(BondMode.class);
        Set<String> keys = new HashSet<>();
        int stacked = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            String text = RandomMachine.of(seed, PORTS, EnumSet.allOf(MachineFeature.class));
            text.lines().map(line -> line.split(" = ", 2)[0]).forEach(keys::add);
            MachineSettings machine = read(text).machine();
            machine.bonds().stream().map(BondSettings::mode).forEach(modes::add);
            Set<String> vlans = new HashSet<>();
            machine.vlans().forEach(vlan -> vlans.add(vlan.name()));
            stacked += (int) machine.vlans().stream()
                    .filter(vlan -> vlans.contains(vlan.link()))
                    .count();
        }
        assertThat(modes).hasSize(BondMode.values().length);
        assertThat(stacked).isGreaterThan(100);
        assertThat(keys).containsAll(keysOf(ConfigTable.BOND));
        assertThat(keys).containsAll(keysOf(ConfigTable.INTERFACE));
        List<String> ofVlans = new ArrayList<>(keysOf(ConfigTable.VLAN));
        ofVlans.remove("bridge-binding");
        assertThat(keys).containsAll(ofVlans);
    }

    private static List<String> keysOf(ConfigTable table) {
        return table.options().stream().map(ConfigOption::key).toList();
    }

    private TwinpathConfig read(String text) throws IOException, ConfigException {
        return ConfigReader.read(Files.writeString(temporary.resolve("twinpath.toml"), text));
    }
}
