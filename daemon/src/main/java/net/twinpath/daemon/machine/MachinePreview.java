package net.twinpath.daemon.machine;

import java.util.ArrayList;
import java.util.List;
import net.twinpath.config.TwinpathConfig;
import net.twinpath.daemon.StartException;
import net.twinpath.daemon.apply.MachineRemark;
import net.twinpath.daemon.apply.MachineRemark.Level;
import net.twinpath.linux.ErrnoException;
import net.twinpath.netlink.NetlinkException;

/** Says what a configuration would change on this machine, without a daemon and without a privilege. */
public final class MachinePreview {
    private MachinePreview() {}

    /** What is to be said before a daemon takes the configuration, empty when there is nothing to say. */
    public static List<MachineRemark> remarks(TwinpathConfig config) {
        try {
            MachinePlan plan = of(config);
            List<MachineRemark> remarks = new ArrayList<>();
            plan.plan().objections().forEach(line -> remarks.add(new MachineRemark(Level.WARNING, line)));
            plan.plan().warnings().forEach(line -> remarks.add(new MachineRemark(Level.WARNING, line)));
            plan.foreignManagers().forEach(line -> remarks.add(new MachineRemark(Level.WARNING, line)));
            plan.absent()
                    .forEach(name -> remarks.add(new MachineRemark(Level.NOTE, name + " is not on this machine now")));
            plan.unknownSysctls()
                    .forEach(key -> remarks.add(new MachineRemark(Level.NOTE, key + " is no sysctl of this kernel")));
            return remarks;
        } catch (StartException e) {
            return List.of(new MachineRemark(Level.NOTE, String.valueOf(e.getMessage())));
        }
    }

    /**
     * Looks at the machine, and at what a daemon has remembered of it.
     *
     * @throws StartException when it cannot be looked at
     */
    public static MachinePlan of(TwinpathConfig config) throws StartException {
        try (LinuxMachine machine = new LinuxMachine()) {
            BaselineFile file = new BaselineFile(config.control().socket());
            return new Reconciler(machine, file, () -> PathNeeds.NONE, () -> 0, event -> {})
                    .plan(Configured.of(config.machine()));
        } catch (ErrnoException | NetlinkException e) {
            throw new StartException("the interfaces of this machine cannot be looked at: " + e.getMessage());
        }
    }
}
