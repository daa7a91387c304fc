package net.twinpath.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who uses which network interface: each is a link or the inside of one path, or made for one, and nothing else. */
final class InterfaceClaims {
    private final Map<String, Claim> claims = new HashMap<>();

    private record Claim(String use, ConfigPosition position) {}

    /**
     * Takes an interface for a use.
     *
     * @return what to tell the operator when the interface is in use already
     */
    Optional<String> claim(String interfaceName, String use, ConfigPosition position) {
        Claim earlier = claims.putIfAbsent(interfaceName, new Claim(use, position));
        return Optional.ofNullable(earlier)
                .map(claim -> "interface " + Quoted.of(interfaceName) + " is already " + claim.use() + " at "
                        + claim.position() + "; an interface may have one use only");
    }
}
