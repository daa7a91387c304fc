package net.twinpath.netlink;

import org.jspecify.annotations.Nullable;

/**
 * What a request is for, in the words of an error message.
 *
 * @param action        what is done, for example {@code create veth} or {@code set mtu of}
 * @param interfaceName what it is done to; null when it is about no single interface
 */
public record Operation(String action, @Nullable String interfaceName) {
    @Override
    public String toString() {
        return interfaceName == null ? action : action + " " + interfaceName;
    }
}
