package net.twinpath.netlink.generator;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pieces that every kind of generated source shares. */
final class SourceParts {
    static final String GENERATED = "@Generated(\"net.twinpath.netlink.generator\")";

    /** What a generated source may name from elsewhere, by simple name. */
    private static final Map<String, String> IMPORTS = Map.of(
            "ArrayList", "java.util.ArrayList",
            "AttributeDecoder", "net.twinpath.netlink.AttributeDecoder",
            "AttributeEncoder", "net.twinpath.netlink.AttributeEncoder",
            "DirectBuffer", "org.agrona.DirectBuffer",
            "Generated", "javax.annotation.processing.Generated",
            "List", "java.util.List",
            "MutableDirectBuffer", "org.agrona.MutableDirectBuffer",
            "NetlinkMessage", "net.twinpath.netlink.NetlinkMessage",
            "NetlinkRequest", "net.twinpath.netlink.NetlinkRequest",
            "Nullable", "org.jspecify.annotations.Nullable");

    private SourceParts() {}

    static String imports(String body) {
        SortedSet<String> used = new TreeSet<>();
        IMPORTS.forEach((name, qualified) -> {
            if (Pattern.compile("\\b" + name + "\\b").matcher(body).find()) {
                used.add("import " + qualified + ";\n");
            }
        });
        return used.isEmpty() ? "" : String.join("", used) + "\n";
    }

    /** {@code doc}, or the same said by the name. */
    static String docOr(@Nullable String doc, String otherwise) {
        return doc == null ? otherwise : doc;
    }

    static String capital(String variable) {
        return Character.toUpperCase(variable.charAt(0)) + variable.substring(1);
    }
}
