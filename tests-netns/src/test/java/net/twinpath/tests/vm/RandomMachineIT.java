package net.twinpath.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.twinpath.config.ConfigReader;
import net.twinpath.config.random.RandomMachine;
import net.twinpath.daemon.StartException;
import net.twinpath.daemon.machine.BaselineFile;
import net.twinpath.daemon.machine.Change;
import net.twinpath.daemon.machine.Configured;
import net.twinpath.daemon.machine.LinuxMachine;
import net.twinpath.daemon.machine.Machine;
import net.twinpath.daemon.machine.MachineException;
import net.twinpath.daemon.machine.PathNeeds;
import net.twinpath.daemon.machine.Reconciler;
import net.twinpath.daemon.machine.Setting;
import net.twinpath.daemon.machine.Settings;
import net.twinpath.daemon.machine.Wanted;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.lifecycle.HostSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files made by chance, carried out by the daemon's own classes on the kernel: reached, left alone, and given back. */
@Tag("vm")
class RandomMachineIT {
    private static final int FILES = 200;
    private static final int REFUSALS = 200;
    private static final List<String> PORTS = List.of("lan0", "lan1", "lan2", "lan3", "lan4", "lan5");

    private final TemporaryFolder folder = TemporaryFolder.create("random-machine");
    private final Namespace host = Namespace.host("host");

    @BeforeEach
    void addPorts() {
        for (String port : PORTS) {
            host.run("ip", "link", "add", port, "type", "veth", "peer", "name", "far-" + port);
            host.up("far-" + port);
            host.run("sh", "-ec", "ip link set " + port + " up; ip link set " + port + " down");
        }
        host.run("ip", "link", "set", "lan1", "up");
        host.run("ip", "address", "add", "198.51.100.1/24", "dev", "lan2");
    }

    @AfterEach
    void removeEverything() {
        host.close();
        folder.close();
    }

    /** A kernel that counts, and can refuse one change. */
    private static final class CountingMachine implements Machine {
        private final Machine kernel;
        private int performed;
        private int refuseAt = -1;

        CountingMachine(Machine kernel) {
            this.kernel = kernel;
        }

        @Override
        public Settings read(Collection<Setting> interest) throws MachineException {
            return kernel.read(interest);
        }

        @Override
        public Map<Setting, String> ownSysctls(Collection<String> interfaces) {
            return kernel.ownSysctls(interfaces);
        }

        @Override
        public List<String> foreignManagers(Collection<String> interfaces) {
            return kernel.foreignManagers(interfaces);
        }

        @Override
        public void perform(Change change) throws MachineException {
            if (performed == refuseAt) {
                refuseAt = -1;
                throw new MachineException("refused for this test: " + change);
            }
            performed++;
            kernel.perform(change);
        }
    }

    private Wanted file(int seed) throws Exception {
        Path file = folder.resolve("file.toml");
        Files.writeString(file, RandomMachine.of(seed, PORTS, Set.of()));
        return Configured.of(ConfigReader.read(file).machine());
    }

    private Reconciler reconciler(Machine machine) {
        return new Reconciler(
                machine, new BaselineFile(folder.resolve("socket")), () -> PathNeeds.NONE, () -> 0, event -> {});
    }

    /** All that these files can change, without the lifetimes of addresses. */
    private static List<String> snapshot(Machine machine, Wanted wanted) throws MachineException {
        Set<Setting> interest = new TreeSet<>(wanted.values().keySet());
        List<String> lines = new ArrayList<>();
        machine.read(interest).all().forEach((setting, value) -> lines.add(setting + " = " + value));
        return lines;
    }

    @Test
    void everyFileIsReachedThenLeftAloneThenReplacedAndAllIsGivenBack() throws Exception {
        HostSnapshot before = HostSnapshot.of(host);
        for (int seed = 0; seed < FILES; seed += 2) {
            int first = seed;
            onTheKernel(kernel -> carryOut(first, first + 1, kernel));
        }
        before.assertRestored(host);
    }

    private void carryOut(int seed, int next, LinuxMachine kernel) throws Exception {
        CountingMachine machine = new CountingMachine(kernel);
        Wanted first = file(seed);
        Wanted second = file(next);
        List<String> atFirst = snapshot(kernel, first);
        try (Reconciler reconciler = reconciler(machine)) {
            for (Wanted wanted : List.of(first, second)) {
                reconciler.become(wanted);
                int performed = machine.performed;
                reconciler.become(wanted);
                reconciler.look();
                assertThat(machine.performed)
                        .as("seed %d, the second time", seed)
                        .isEqualTo(performed);
                assertReached(seed, wanted, kernel);
            }
        }
        assertThat(snapshot(kernel, first)).as("seed %d, at the end", seed).isEqualTo(atFirst);
    }

    /** What is done with the kernel of the host. */
    @FunctionalInterface
    private interface Work {
        void with(LinuxMachine kernel) throws Exception;
    }

    private void onTheKernel(Work work) throws Exception {
        host.call(() -> {
            try (LinuxMachine kernel = new LinuxMachine()) {
                work.with(kernel);
            }
            return null;
        });
    }

    private static void assertReached(int seed, Wanted wanted, Machine machine) throws MachineException {
        Settings actual = machine.read(wanted.values().keySet());
        wanted.values().forEach((setting, value) -> {
            boolean unknownSysctl = setting.name().equals("net.ipv4.no_such_setting");
            boolean address = value.equals(Setting.PRESENT);
            if (address) {
                assertThat(actual.get(setting)).as("seed %d: %s", seed, setting).isNotEmpty();
            } else if (!unknownSysctl) {
                assertThat(actual.get(setting)).as("seed %d: %s", seed, setting).isEqualTo(value);
            }
        });
    }

    @Test
    void aRefusalAtAnyStepIsRolledBackExactly() throws Exception {
        HostSnapshot before = HostSnapshot.of(host);
        SplittableRandom chance = new SplittableRandom(1);
        for (int seed = 0; seed < REFUSALS; seed++) {
            int refused = seed;
            onTheKernel(kernel -> refuseOneStep(refused, chance, kernel));
        }
        before.assertRestored(host);
    }

    private void refuseOneStep(int seed, SplittableRandom chance, LinuxMachine kernel) throws Exception {
        CountingMachine machine = new CountingMachine(kernel);
        Wanted wanted = file(seed);
        try (Reconciler reconciler = reconciler(machine)) {
            int steps = reconciler.plan(wanted).plan().steps().size();
            if (steps > 0) {
                List<String> atFirst = snapshot(kernel, wanted);
                machine.refuseAt = machine.performed + chance.nextInt(steps);
                assertThatThrownBy(() -> reconciler.become(wanted))
                        .as("seed %d", seed)
                        .isInstanceOf(StartException.class)
                        .hasMessageContaining("refused for this test");
                assertThat(snapshot(kernel, wanted)).as("seed %d", seed).isEqualTo(atFirst);
            }
        }
    }
}
