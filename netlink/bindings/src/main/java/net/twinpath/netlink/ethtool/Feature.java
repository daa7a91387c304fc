package net.twinpath.netlink.ethtool;

/**
 * One offload of an interface.
 *
 * @param name       the kernel's name, for example {@code tx-tcp-segmentation}
 * @param active     in effect
 * @param wanted     asked for; it may be asked for and not be in effect, while another one it needs is off
 * @param changeable the driver can switch it
 */
public record Feature(String name, boolean active, boolean wanted, boolean changeable) {}
