package net.twinpath.netlink.route;

import net.twinpath.netlink.family.rtlink.Operstate;

/** Operational state of an interface (RFC 2863, {@code IF_OPER_*} of {@code linux/if.h}). */
public enum OperationalState {
    /** The driver does not tell; usual for loopback and for some virtual interfaces that work. */
    UNKNOWN(Operstate.IF_OPER_UNKNOWN),
    NOT_PRESENT(Operstate.IF_OPER_NOTPRESENT),
    DOWN(Operstate.IF_OPER_DOWN),
    LOWER_LAYER_DOWN(Operstate.IF_OPER_LOWERLAYERDOWN),
    TESTING(Operstate.IF_OPER_TESTING),
    DORMANT(Operstate.IF_OPER_DORMANT),
    UP(Operstate.IF_OPER_UP);

    private final int number;

    OperationalState(int number) {
        this.number = number;
    }

    /** The state with this number; UNKNOWN for one that is not in the list. */
    static OperationalState of(int number) {
        for (OperationalState state : values()) {
            if (state.number == number) {
                return state;
            }
        }
        return UNKNOWN;
    }
}
