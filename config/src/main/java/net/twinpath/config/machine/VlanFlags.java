package net.twinpath.config.machine;

/**
 * The flags of a VLAN interface (VLAN_FLAG_* of include/uapi/linux/if_vlan.h).
 *
 * @param reorderHeader whether programs see received frames without the tag
 * @param gvrp whether switches are told by GVRP that the VLAN is wanted here
 * @param mvrp whether they are told by MVRP
 * @param looseBinding whether the interface stays up when its link goes down
 * @param bridgeBinding whether carrier follows the bridge ports in the VLAN, where the link is a bridge (Linux 5.2)
 */
public record VlanFlags(
        boolean reorderHeader, boolean gvrp, boolean mvrp, boolean looseBinding, boolean bridgeBinding) {}
