package net.twinpath.daemon.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.twinpath.daemon.StartException;
import net.twinpath.daemon.event.Event;
import net.twinpath.daemon.event.EventKind;
import net.twinpath.daemon.event.Events;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the machine what the file says and keeps it so: all or nothing when the file is taken, by repairs afterwards, and
 * back as it was at the end. Used by the control thread only.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("machine");

    /** What one round leaves undone the next one may do: the kernel changes more by itself than we know. */
    private static final int MOST_ROUNDS = 3;

    private final Machine machine;
    private final Baseline baseline;
    private final Supplier<PathNeeds> pathNeeds;
    private final Repairs repairs;
    private final Events events;
    private final SortedMap<String, String> skipped = new TreeMap<>();
    private final Set<Setting> lostRoutes = new HashSet<>();
    private final SortedMap<String, String> problems = new TreeMap<>();
    private Wanted wanted = Wanted.NOTHING;
    private SortedSet<String> absent = new TreeSet<>();
    private SortedSet<String> unknownSysctls = new TreeSet<>();
    private Set<String> seen = Set.of();
    private List<String> foreignManagers = List.of();
    private boolean running;
    private Runnable takeBack = () -> {};

    /**
     * @param file      keeps how the machine was
     * @param pathNeeds what running paths need at the moment
     * @param clockMs   milliseconds, never going back
     * @param events    is told what is repaired
     */
    public Reconciler(
            Machine machine, BaselineFile file, Supplier<PathNeeds> pathNeeds, LongSupplier clockMs, Events events) {
        this.machine = machine;
        this.baseline = new Baseline(file);
        this.pathNeeds = pathNeeds;
        this.repairs = new Repairs(clockMs);
        this.events = events;
    }

    /**
     * What would become different, without changing anything.
     *
     * @throws StartException when the machine cannot be looked at
     */
    public MachinePlan plan(Wanted now) throws StartException {
        try {
            Settings actual = read(now);
            Map<Setting, String> before = baseline.copy();
            named(now, actual).forEach(before::putIfAbsent);
            Way way = find(now, before, actual, skippedOf(now));
            return new MachinePlan(
                    way.plan(),
                    machine.foreignManagers(owners(now)),
                    way.target().absent(),
                    way.target().unknownSysctls());
        } catch (MachineException e) {
            throw new StartException(e.words());
        }
    }

    /**
     * Makes the machine what the file says.
     *
     * @throws StartException when that is not possible, in one line; everything is as it was then
     */
    public void become(Wanted now) throws StartException {
        SortedMap<Setting, String> remembered = baseline.copy();
        Map<Setting, String> touched = new TreeMap<>();
        Wanted before = wanted;
        boolean ranBefore = running;
        skipped.clear();
        lostRoutes.clear();
        repairs.clear();
        try {
            Settings reached = carryOut(now, touched);
            baseline.forgetRestored(reached, now);
            seen = reached.interfaces();
        } catch (MachineException e) {
            rollBack(touched, remembered);
            throw new StartException(e.words());
        }
        begin(now);
        takeBack = () -> {
            rollBack(touched, remembered);
            begin(before);
            running = ranBefore;
        };
    }

    private void begin(Wanted now) {
        wanted = now;
        running = true;
        repairs.clear();
        problems.clear();
        lookForManagers();
    }

    /** Makes everything again as it was before the file was taken the last time. */
    public void takeBack() {
        takeBack.run();
        takeBack = () -> {};
    }

    private void lookForManagers() {
        List<String> now = machine.foreignManagers(owners(wanted));
        now.stream().filter(warning -> !foreignManagers.contains(warning)).forEach(warning -> LOG.warn("{}", warning));
        foreignManagers = now;
    }

    private Settings carryOut(Wanted now, Map<Setting, String> touched) throws MachineException {
        Settings actual = read(now);
        baseline.remember(named(now, actual));
        for (int round = 1; ; round++) {
            Way way = find(now, baseline.values(), actual, leftAlone(now));
            absent = way.target().absent();
            unknownSysctls = way.target().unknownSysctls();
            if (!way.plan().objections().isEmpty()) {
                throw new MachineException(String.join("\n", way.plan().objections()));
            }
            if (way.plan().steps().isEmpty()) {
                return actual;
            }
            if (round > MOST_ROUNDS) {
                refuseOrSkip(now, way.differences());
            }
            way.plan().before().forEach(touched::putIfAbsent);
            baseline.remember(way.before());
            for (Step step : way.plan().steps()) {
                carryOut(step, now);
            }
            way.plan().warnings().forEach(warning -> LOG.warn("{}", warning));
            actual = read(now);
        }
    }

    private void carryOut(Step step, Wanted now) throws MachineException {
        try {
            machine.perform(step.change());
            log(step);
        } catch (MachineException e) {
            Setting setting = step.differences().get(0).setting();
            if (setting.group() == Group.ROUTE) {
                lostRoutes.add(setting);
                LOG.warn("{} is lost: {}", setting, e.words());
                return;
            }
            if (!now.optional().contains(setting)) {
                throw new MachineException(now.place(setting) + ": " + e.words());
            }
            skip(setting, e.words());
        }
    }

    private static void log(Step step) {
        step.lines().forEach(line -> LOG.info("{}", line));
    }

    /** The kernel took it all and it is not so nevertheless. */
    private void refuseOrSkip(Wanted now, List<Difference> left) throws MachineException {
        for (Difference difference : left) {
            if (!now.optional().contains(difference.setting())) {
                throw new MachineException(now.place(difference.setting()) + ": set to "
                        + new Difference(difference.setting(), difference.to(), "").found()
                        + " without an error, but it is " + difference.found());
            }
            skip(difference.setting(), "is " + difference.found() + " after it was set");
        }
    }

    private void skip(Setting setting, String words) {
        skipped.put(setting.name(), words);
        LOG.warn("{} skipped: {}", setting, words);
    }

    private void rollBack(Map<Setting, String> touched, SortedMap<Setting, String> remembered) {
        List<String> left = settle(touched);
        left.forEach(difference -> LOG.error("not as it was before: {}", difference));
        try {
            if (left.isEmpty()) {
                baseline.replace(remembered);
            }
        } catch (MachineException e) {
            LOG.error("{}", e.words());
        }
    }

    /**
     * Puts settings back as they were, as far as the kernel lets us.
     *
     * @return what is not as it was, a line each
     */
    private List<String> settle(Map<Setting, String> before) {
        SortedMap<String, String> refused = new TreeMap<>();
        try {
            for (int round = 1; round <= MOST_ROUNDS; round++) {
                Settings actual = readAll(before);
                Way way = find(actual, from -> Way.find(from, before, touched -> Target.of(touched, from)));
                if (way.plan().steps().isEmpty()) {
                    return way.differences().stream()
                            .map(difference -> notRestored(difference, refused))
                            .toList();
                }
                if (round == 1) {
                    way.plan().warnings().forEach(warning -> LOG.warn("{}", warning));
                }
                refused.clear();
                way.plan().steps().forEach(step -> tryStep(step, refused));
            }
            Settings actual = readAll(before);
            return Target.of(before, actual).differences(actual).stream()
                    .map(difference -> notRestored(difference, refused))
                    .toList();
        } catch (MachineException e) {
            return List.of(e.words());
        }
    }

    private Settings readAll(Map<Setting, String> before) throws MachineException {
        Collection<Setting> interest = new HashSet<>(before.keySet());
        interest.add(Setting.EVERY_ROUTE);
        return machine.read(interest);
    }

    private static String notRestored(Difference difference, Map<String, String> refused) {
        String words = refused.get(difference.setting().owner());
        return difference.setting() + " is " + difference.found() + (words == null ? "" : ": " + words);
    }

    private void tryStep(Step step, Map<String, String> refused) {
        try {
            machine.perform(step.change());
            log(step);
        } catch (MachineException e) {
            refused.put(step.change().owner(), e.words());
        }
    }

    /** Takes what the file says of them, repairs what somebody changed, and takes in what has come. */
    public void look() {
        if (wanted.values().isEmpty() && baseline.values().isEmpty()) {
            return;
        }
        try {
            Settings actual = machine.read(interest(wanted));
            baseline.remember(named(wanted, actual));
            Way way = find(wanted, baseline.values(), actual, leftAlone(wanted));
            absent = way.target().absent();
            unknownSysctls = way.target().unknownSysctls();
            if (way.plan().steps().isEmpty()) {
                note(new TreeMap<>());
            } else {
                Settings withRoutes = read(wanted);
                repair(find(wanted, baseline.values(), withRoutes, leftAlone(wanted)));
            }
            if (!seen.equals(actual.interfaces())) {
                lookForManagers();
            }
            seen = actual.interfaces();
        } catch (MachineException e) {
            note(new TreeMap<>(Map.of("", e.words())));
        }
    }

    private void repair(Way way) throws MachineException {
        List<Difference> wrong = way.differences();
        baseline.remember(way.before());
        SortedMap<String, String> refused = new TreeMap<>();
        way.plan().steps().forEach(step -> tryStep(step, refused));
        Settings now = read(wanted);
        List<String> come = new ArrayList<>();
        Removals removals = Removals.among(wrong);
        for (Difference difference : wrong) {
            Setting setting = difference.setting();
            if (setting.isSame(now.get(setting), difference.to())) {
                if (!removals.explain(difference)) {
                    tell(difference, come);
                }
            } else {
                refused.putIfAbsent(
                        setting.owner(),
                        "is " + new Difference(setting, now.get(setting), "").found() + " after it was set to "
                                + difference.to());
            }
            if (repairs.isTooMuch(setting)) {
                events.tell(Event.of(
                        EventKind.DRIFT_LEFT_ALONE,
                        setting + " is changed again and again by somebody else; it is left alone from now on"));
            }
        }
        baseline.forgetRestored(now, wanted);
        note(refused);
    }

    private void tell(Difference difference, List<String> come) {
        String owner = difference.setting().owner();
        boolean isNew = !owner.equals(Setting.NO_OWNER) && !seen.contains(owner);
        if (!isNew) {
            repairs.count(difference);
            events.tell(Event.of(EventKind.DRIFT_REPAIRED, Repairs.sentence(difference)));
        } else if (!come.contains(owner)) {
            come.add(owner);
            LOG.info("{} is there: taken in", owner);
        }
    }

    /** Problems are logged when they are new. */
    private void note(SortedMap<String, String> now) {
        now.forEach((owner, words) -> {
            if (!words.equals(problems.get(owner))) {
                LOG.error("{}", words);
            }
        });
        problems.clear();
        problems.putAll(now);
    }

    /** Leaves the machine as it is to the next daemon, which knows what to give back. */
    public void leave() {
        running = false;
    }

    /** Gives everything back as it was before the first change; nothing when no file was taken. */
    @Override
    public void close() {
        if (running) {
            running = false;
            restore();
        }
    }

    private void restore() {
        settle(baseline.values()).forEach(left -> LOG.error("not restored: {}", left));
        try {
            baseline.replace(new TreeMap<>());
        } catch (MachineException e) {
            LOG.error("{}", e.words());
        }
        wanted = Wanted.NOTHING;
    }

    /** What is to be said of the machine. */
    public MachineReport report() {
        return new MachineReport(
                wanted.values().size(),
                List.copyOf(absent),
                new TreeSet<>(unknownSysctls),
                new TreeMap<>(skipped),
                repairs.sum(),
                repairs.last(),
                repairs.leftAlone().stream().map(Setting::toString).toList(),
                List.copyOf(problems.values()),
                foreignManagers);
    }

    private static Set<String> owners(Wanted now) {
        return now.values().keySet().stream().map(Setting::owner).collect(Collectors.toSet());
    }

    private Way find(Wanted now, Map<Setting, String> before, Settings actual, Set<Setting> leftAlone) {
        PathNeeds needs = pathNeeds.get();
        return find(actual, from -> Way.find(from, before, touched -> Target.of(now, touched, from, needs, leftAlone)));
    }

    /** What is made anew takes its sysctls along, which are not looked at otherwise. */
    private Way find(Settings actual, Function<Settings, Way> findFrom) {
        Way way = findFrom.apply(actual);
        Set<String> remade = way.remade();
        if (remade.isEmpty()) {
            return way;
        }
        Settings more = new Settings(actual.all());
        machine.ownSysctls(remade).forEach(more::put);
        return findFrom.apply(more);
    }

    private Set<Setting> leftAlone(Wanted now) {
        Set<Setting> leftAlone = new HashSet<>(repairs.leftAlone());
        leftAlone.addAll(lostRoutes);
        leftAlone.addAll(skippedOf(now));
        return leftAlone;
    }

    /** What the kernel did not take is not taken the next time either: /proc/sys has files that are read-only here. */
    private Set<Setting> skippedOf(Wanted now) {
        return now.optional().stream()
                .filter(setting -> skipped.containsKey(setting.name()))
                .collect(Collectors.toSet());
    }

    /** Routes, of which there may be very many, matter only where something is changed that they go with. */
    private Settings read(Wanted now) throws MachineException {
        Collection<Setting> interest = interest(now);
        interest.add(Setting.EVERY_ROUTE);
        return machine.read(interest);
    }

    private Collection<Setting> interest(Wanted now) {
        Collection<Setting> interest = new HashSet<>(now.values().keySet());
        interest.addAll(wanted.values().keySet());
        interest.addAll(baseline.values().keySet());
        interest.removeIf(setting -> setting.group() == Group.ROUTE);
        return interest;
    }

    /** The present values of what the file names, as far as it is there now. */
    private static Map<Setting, String> named(Wanted now, Settings actual) {
        return now.values().keySet().stream()
                .filter(setting -> setting.owner().equals(Setting.NO_OWNER)
                        ? !actual.get(setting).isEmpty()
                        : actual.has(setting.owner()))
                .collect(Collectors.toMap(setting -> setting, actual::get));
    }
}
