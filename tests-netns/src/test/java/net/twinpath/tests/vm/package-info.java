/**
 * What only a booted Debian can show: the daemon beside the Linux kernel's own PRP device, VLAN devices, network cards
 * with drivers.
 *
 * <p>These tests run inside the virtual machine of {@code tests-netns/vm} and carry the tag {@code vm}: outside it they
 * are left out.
 */
@NullMarked
package net.twinpath.tests.vm;

import org.jspecify.annotations.NullMarked;
