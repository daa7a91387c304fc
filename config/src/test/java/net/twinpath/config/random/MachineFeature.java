package net.twinpath.config.random;

/** What not every machine can do, so that a {@link RandomMachine} asks for it only where it is said to be there. */
public enum MachineFeature {
    /** Interfaces whose pause frames can be set. */
    PAUSE,
    /** Interfaces whose rings can be set. */
    RINGS,
    /** Interfaces whose interrupt coalescing can be set. */
    COALESCING,
    /** Interfaces whose numbers of queues can be set. */
    CHANNELS,
    /** Option coupled-control of bonds: Linux 6.10. */
    COUPLED_CONTROL,
    /** GVRP and MVRP built into the kernel. */
    REGISTRATION_PROTOCOLS,
    /**
     * VLANs in a bond of mode balance-tlb leave nothing behind. Linux 6.12 gives them addresses they are not told of
     * ({@code alb_set_slave_mac_addr}), which then stay with the interface below and keep it promiscuous.
     */
    VLANS_IN_BALANCE_TLB
}
