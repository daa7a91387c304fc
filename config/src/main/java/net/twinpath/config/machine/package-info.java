/**
 * The machine as the configuration wants it: kernel settings, bonds, VLANs and interfaces, as immutable records.
 *
 * <p>{@link net.twinpath.config.machine.MachineSettings} holds all of it. What the files leave out is empty here, and
 * whoever applies the records leaves it as it is.
 */
@NullMarked
package net.twinpath.config.machine;

import org.jspecify.annotations.NullMarked;
