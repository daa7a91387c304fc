/**
 * Makes the machine's own settings what the configuration says: bonds, VLANs, interfaces and sysctls.
 *
 * <p>A state of the machine is a flat list of settings with values in the words of the configuration
 * ({@link net.twinpath.daemon.machine.Settings}). What the file says ({@link net.twinpath.daemon.machine.Wanted}) laid
 * over what was there before us ({@link net.twinpath.daemon.machine.Baseline}) is the target, and one planner finds the
 * steps from the actual state to it. So starting, reloading, repairing, rolling back and stopping are all the same:
 *
 * <pre>
 *   start, reload   actual -> baseline and file          stop       actual -> baseline
 *   repair          actual -> baseline and file          roll back  actual -> as it was before the first step
 * </pre>
 *
 * <p>In the order of the work: {@link net.twinpath.daemon.machine.Machine} reads the actual state, {@code Target} says
 * what shall be, {@code Planner} finds the steps and tries each on a {@code Draft}, which knows what the kernel does by
 * itself then, {@code Reconciler} has the machine take them, reads back, and takes them back when one is refused.
 */
package net.twinpath.daemon.machine;
