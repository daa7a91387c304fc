package net.twinpath.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.twinpath.config.toml.Quoted;

/** Who uses which network interface, across tables and files: each has one maker and one user at most. */
final class InterfaceClaims {
    private final Map<String, List<InterfaceUse>> uses = new HashMap<>();

    /**
     * Takes an interface for a use.
     *
     * @return what to tell the operator when that cannot be, because of a use before
     */
    Optional<String> claim(String interfaceName, InterfaceUse use) {
        List<InterfaceUse> earlier = uses.computeIfAbsent(interfaceName, name -> new ArrayList<>());
        Optional<InterfaceUse> conflict = earlier.stream().filter(use::excludes).findFirst();
        if (conflict.isEmpty()) {
            earlier.add(use);
        }
        return conflict.map(other -> "interface " + Quoted.of(interfaceName) + " is already " + other
                + "; an interface may have one use only");
    }

    /** What an interface is taken for; empty when it is free. */
    Optional<InterfaceUse> taken(String interfaceName) {
        return of(interfaceName).stream().filter(use -> use.kind().takes()).findFirst();
    }

    /** Which table an interface is made for; empty when none makes it. */
    Optional<InterfaceUse> made(String interfaceName) {
        return of(interfaceName).stream().filter(use -> use.kind().makes()).findFirst();
    }

    private List<InterfaceUse> of(String interfaceName) {
        return uses.getOrDefault(interfaceName, List.of());
    }
}
