package net.twinpath.netlink.generator;

import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Java's spellings of the dashed names of a specification. */
final class JavaNames {
    /** Methods without parameters that every object has already; an accessor cannot be named like them. */
    private static final Set<String> TAKEN =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private JavaNames() {}

    /** {@code link-attrs} to {@code LinkAttrs}. */
    static String type(String name) {
        StringBuilder java = new StringBuilder();
        for (String word : name.split("[-_]", -1)) {
            java.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return java.toString();
    }

    /** {@code min-mtu} to {@code minMtu}; a name Java has taken gets an underscore. */
    static String variable(String name) {
        String java = type(name);
        String variable = java.substring(0, 1).toLowerCase(Locale.ROOT) + java.substring(1);
        return SourceVersion.isKeyword(variable) || TAKEN.contains(variable) ? variable + "_" : variable;
    }

    /** {@code ifla-min-mtu} to {@code IFLA_MIN_MTU}. */
    static String constant(String name) {
        return name.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** {@code rt-link} to {@code rtlink}. */
    static String packageName(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
