package net.twinpath.config;

import java.util.OptionalInt;
import net.twinpath.config.toml.ConfigPosition;

/**
 * One element of {@code links}.
 *
 * @param interfaceName of the interface that carries the copies
 * @param vlan that frames of the path have on this link, 1..4094; empty: no tag of the link's own
 * @param source where the element stands
 */
public record LinkSettings(String interfaceName, OptionalInt vlan, ConfigPosition source) {
    /** What PRP's trailer and FRER's R-TAG add to a frame. */
    private static final int MARK_BYTES = 6;

    /** Room for the own tag of frames that get a link's VLAN tag in front. */
    private static final int VLAN_TAG_BYTES = 4;

    /**
     * Octets of payload by which a frame grows on this link. The kernel lets a frame that begins with a VLAN tag be longer
     * than the MTU by that tag; behind a link's VLAN tag and the R-TAG a frame's own tag counts as payload.
     */
    public int overheadBytes() {
        return vlan.isPresent() ? MARK_BYTES + VLAN_TAG_BYTES : MARK_BYTES;
    }
}
