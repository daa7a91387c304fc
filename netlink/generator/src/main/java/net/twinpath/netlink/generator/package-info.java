/**
 * The build step that turns netlink message specifications into Java.
 *
 * <p>A specification is a YAML file in the shape of the kernel's YNL ({@code Documentation/netlink/specs/*.yaml},
 * described in {@code Documentation/userspace-api/netlink/specs.rst}), written by hand and holding just what is used.
 * Two things differ from the kernel's files: every number is written out, because a subset has gaps, and a {@code nest}
 * may have a {@code fixed-header}, which is how {@code VETH_INFO_PEER} looks on the wire.
 *
 * <ol>
 *   <li>{@link net.twinpath.netlink.generator.SpecificationReader} reads one file into a
 *       {@link net.twinpath.netlink.generator.Specification}; every mistake names file, line and path.
 *   <li>{@link net.twinpath.netlink.generator.ReferenceCheck} finds names that lead nowhere and numbers given twice.
 *   <li>{@link net.twinpath.netlink.generator.FamilyWriter} writes the Java sources of that family.
 * </ol>
 */
package net.twinpath.netlink.generator;
