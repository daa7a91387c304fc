/**
 * What may be configured: TOML files in, immutable records or a list of problems out.
 *
 * <ol>
 *   <li>{@link net.twinpath.config.ConfigReader} finds the files: the main one, then {@code conf.d/*.toml} by name.
 *   <li>{@link net.twinpath.config.toml.SourceFile} reads and parses one file.
 *   <li>{@code TableReader} takes typed values out of one table, as
 *       {@link net.twinpath.config.ConfigOption} says they must be.
 *   <li>{@code ControlTableReader} and {@code PathTableReader} make one record of one table, the latter with {@code
 *       LinksReader}, {@code RecoveryReader}, {@code StreamsReader} and {@code MatchReader} for the tables inside.
 *   <li>{@code MachineReader} collects what {@code BondTableReader}, {@code VlanTableReader}, {@code
 *       InterfaceTableReader} and {@code SysctlTableReader} make of the tables about the machine, the records of
 *       {@link net.twinpath.config.machine}.
 *   <li>{@code InterfaceClaims} finds two uses of one interface across tables and files; {@code DeviceChecks}, {@code
 *       StackChecks} and {@code MtuChecks} find at the end what only all tables together show.
 * </ol>
 *
 * <p>No step stops at a problem, so that one run reports all of them. Nothing here opens a socket or resolves a name.
 */
@NullMarked
package net.twinpath.config;

import org.jspecify.annotations.NullMarked;
