package net.twinpath.daemon.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.twinpath.config.ConfigReader;
import net.twinpath.config.random.MachineFeature;
import net.twinpath.config.random.RandomMachine;
import net.twinpath.daemon.StartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random configurations on random machines: applied, the same again without a change, replaced, and given back. */
class ReconcilerRandomTest {
    private static final int RUNS = Integer.getInteger("twinpath.seeds", 200);
    private static final int FILES = 3;

    /** What a machine like these can object to. */
    private static final String OBJECTION = "(?s).*(is a member of|already; remove|is more than the).*";

    /** One more than there are, so that some files wait for it. */
    private static final List<String> PORTS =
            Stream.concat(RandomStart.CARDS.stream(), Stream.of("eth7")).toList();

    private static final Set<MachineFeature> FEATURES = EnumSet.of(
            MachineFeature.PAUSE,
            MachineFeature.RINGS,
            MachineFeature.COALESCING,
            MachineFeature.CHANNELS,
            MachineFeature.REGISTRATION_PROTOCOLS,
            MachineFeature.VLANS_IN_BALANCE_TLB);

    @TempDir
    private Path folder = Path.of("");

    /** What a file says that the configuration's own reader takes. */
    private Wanted file(long seed) throws Exception {
        Path file = Files.writeString(folder.resolve("file.toml"), RandomMachine.of(seed, PORTS, FEATURES));
        return Configured.of(ConfigReader.read(file).machine());
    }

    private Reconciler reconciler(FakeMachine machine) {
        return new Reconciler(
                machine, new BaselineFile(folder.resolve("socket")), () -> PathNeeds.NONE, () -> 0, event -> {});
    }

    @Test
    void everyConfigurationIsReachedThenLeftAloneThenReplacedAndAtTheEndAllIsAsItWas() throws Exception {
        int reached = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            FakeMachine machine = new RandomStart(new SplittableRandom(seed)).machine();
            String atFirst = machine.snapshot();
            Reconciler reconciler = reconciler(machine);
            for (int number = 0; number < FILES; number++) {
                Wanted wanted = file((long) seed * FILES + number);
                String before = machine.snapshot();
                try {
                    reconciler.become(wanted);
                } catch (StartException e) {
                    assertThat(e)
                            .as("seed %d, done %s", seed, machine.performed)
                            .hasMessageMatching(OBJECTION);
                    assertSame(machine, before, "seed " + seed + ", " + e.getMessage());
                    continue;
                }
                assertReached(seed, wanted, machine);
                reached++;
                int performed = machine.performed.size();
                reconciler.become(wanted);
                reconciler.look();
                assertThat(machine.performed.subList(performed, machine.performed.size()))
                        .as("seed %d: done the second time", seed)
                        .isEmpty();
            }
            reconciler.close();
            assertSame(machine, atFirst, "seed " + seed + ", at the end");
        }
        assertThat(reached).as("files that these machines could have").isGreaterThan(RUNS * FILES * 3 / 4);
    }

    private static void assertSame(FakeMachine machine, String before, String when) {
        List<String> now = machine.snapshot().lines().toList();
        List<String> was = before.lines().toList();
        List<String> differences = new ArrayList<>();
        was.stream().filter(line -> !now.contains(line)).forEach(line -> differences.add("was: " + line));
        now.stream().filter(line -> !was.contains(line)).forEach(line -> differences.add("is: " + line));
        assertThat(differences).as("%s; done: %s", when, machine.performed).isEmpty();
    }

    private static void assertReached(int seed, Wanted wanted, FakeMachine machine) {
        Settings actual = machine.read(wanted.values().keySet());
        wanted.values().forEach((setting, value) -> {
            boolean unknown = setting.group() == Group.SYSCTL && !machine.sysctls.containsKey(setting.name());
            if (!unknown && isThere(setting.owner(), wanted, actual) && !namesAbsent(setting, value, actual)) {
                assertThat(actual.get(setting)).as("seed %d: %s", seed, setting).isEqualTo(value);
            }
        });
        wanted.members().forEach((bond, members) -> assertThat(members).containsAll(actual.members(bond)));
    }

    private static boolean isThere(String owner, Wanted wanted, Settings actual) {
        String link = wanted.values().getOrDefault(Setting.link(owner, Setting.LINK), "");
        return owner.isEmpty() || (actual.has(owner) && (link.isEmpty() || isThere(link, wanted, actual)));
    }

    /** A primary that is not there. */
    private static boolean namesAbsent(Setting setting, String value, Settings actual) {
        return setting.equals(BondSetting.PRIMARY.of(setting.owner())) && !actual.has(value);
    }

    @Test
    void whatTheKernelRefusesAtAnyStepIsRolledBackExactly() throws Exception {
        int injected = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            FakeMachine machine = new RandomStart(chance.split()).machine();
            String atFirst = machine.snapshot();
            Reconciler reconciler = reconciler(machine);
            for (int number = 0; number < FILES; number++) {
                Wanted wanted = file((long) seed * FILES + number);
                String before = machine.snapshot();
                machine.refuseAt = machine.performed.size() + chance.nextInt(15);
                try {
                    reconciler.become(wanted);
                } catch (StartException e) {
                    injected++;
                    assertSame(machine, before, "seed " + seed + ", " + e.getMessage());
                }
                machine.refuseAt = -1;
            }
            reconciler.close();
            assertSame(machine, atFirst, "seed " + seed + ", at the end");
        }
        assertThat(injected).as("refusals").isGreaterThan(RUNS);
    }

    @Test
    void aSuccessorOfAKilledDaemonGivesBackWhatThatOneChanged() throws Exception {
        for (int seed = 0; seed < RUNS; seed++) {
            FakeMachine machine = new RandomStart(new SplittableRandom(seed)).machine();
            String atFirst = machine.snapshot();
            Reconciler killed = reconciler(machine);
            try {
                killed.become(file(2L * seed));
                Reconciler successor = reconciler(machine);
                successor.become(file(2L * seed + 1));
            } catch (StartException e) {
                // Nothing was changed by that one.
            }
            Reconciler last = reconciler(machine);
            last.become(Wanted.NOTHING);
            last.close();
            assertSame(machine, atFirst, "seed " + seed);
        }
    }
}
