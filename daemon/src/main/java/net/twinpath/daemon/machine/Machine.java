package net.twinpath.daemon.machine;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The kernel this runs on, as far as its settings go; the seam at which a test answers. */
public interface Machine {
    /**
     * Looks at how things are.
     *
     * @param interest settings that matter: interfaces, bonds, VLANs and addresses are always looked at, what ethtool
     *     tells and sysctls only where they are named here, and routes where any of them is
     * @throws MachineException when the kernel does not tell
     */
    Settings read(Collection<Setting> interest) throws MachineException;

    /** Those sysctls of interfaces that have other values than a new interface gets. */
    Map<Setting, String> ownSysctls(Collection<String> interfaces);

    /** What to tell the operator of those of the interfaces that other programs look after, too. */
    List<String> foreignManagers(Collection<String> interfaces);

    /**
     * Does one thing.
     *
     * @throws MachineException with the kernel's words when it refuses
     */
    void perform(Change change) throws MachineException;
}
